namespace Smi.Messaging.Brokers;

/// <summary>Messages sent to this exchange under this routing key go to this queue.</summary>
public sealed record BindingDeclaration(string Exchange, string RoutingKey, string Queue);
