namespace Smi.Deid.Pseudonyms;

/// <summary>A table of Patient IDs that cannot be used, or an entry of it; the message holds no ID.</summary>
public sealed class PatientIdTableException(string message) : Exception(message);
