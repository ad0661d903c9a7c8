namespace Smi.Messaging.Messages;

/// <summary>A body or header is not what the wire format allows. The message names members and positions, never what stood there.</summary>
public sealed class MalformedMessageException(string reason) : Exception(reason);
