namespace Smi.Messaging.Embedded;

/// <summary>A message as the store keeps it.</summary>
internal sealed class StoredMessage(long id, bool redelivered, string routingKey, string headers, byte[] body)
{
    public long Id => id;

    public bool Redelivered => redelivered;

    public string RoutingKey => routingKey;

    public string Headers => headers;

    public byte[] Body => body;
}
