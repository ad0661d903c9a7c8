namespace Smi.Deid.Tags.Profile;

/// <summary>A table of safe private attributes that cannot be used; the message names the line and the way out.</summary>
public sealed class SafePrivateTableException(string message) : Exception(message);
