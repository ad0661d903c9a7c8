using Smi.Deid.Identifiers;

namespace Smi.Deid.Tags.Profile;

/// <summary>Cuts what identifies out of a descriptor and keeps the clinical words; with <paramref name="knownOnly"/> what the header knows and nothing else.</summary>
public delegate string CleanText(string text, KnownIdentifiers known, bool knownOnly);
