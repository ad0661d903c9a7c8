using Smi.Deid.Identifiers;

namespace Smi.Deid.Tags.Profile;

/// <summary>Cuts what identifies out of a descriptor and keeps the clinical words.</summary>
public delegate string CleanText(string text, KnownIdentifiers known);
