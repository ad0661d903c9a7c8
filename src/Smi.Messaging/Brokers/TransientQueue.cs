namespace Smi.Messaging.Brokers;

/// <summary>A queue that lives as long as its consumer, such as a control queue: the exchange it is bound to, and the binding keys.</summary>
public sealed record TransientQueue(string Exchange, IReadOnlyList<string> BindingKeys);
