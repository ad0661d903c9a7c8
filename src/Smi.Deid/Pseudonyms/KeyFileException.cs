namespace Smi.Deid.Pseudonyms;

/// <summary>A key file that cannot be used; the message says which and what to do.</summary>
public sealed class KeyFileException(string message) : Exception(message);
