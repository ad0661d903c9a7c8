namespace Smi.Messaging.Brokers;

/// <summary>How many messages wait in a queue, and how many consumers serve it.</summary>
public sealed record QueueDepth(string Queue, long Messages, long Consumers);
