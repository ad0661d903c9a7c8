namespace Smi.Deid.Verification;

/// <summary>What was written for a file cannot be read again, so that nothing is known of it and it must not leave.</summary>
internal sealed class DamagedOutputException(string message, Exception inner) : Exception(message, inner);
