namespace Smi.Anonymise;

/// <summary>OUT cannot be written to: a full disk, permissions, a read-only mount. Ends the run with exit code 3.</summary>
internal sealed class OutputFaultException(string message, Exception inner) : Exception(message, inner);
