namespace Smi.Verbs;

/// <summary>Arguments or settings that cannot be carried out; says what and the way out.</summary>
internal sealed class UsageException(string message) : Exception(message);
