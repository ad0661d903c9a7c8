namespace Smi.Messaging.Brokers;

/// <summary>A durable exchange; the type is AMQP's word: direct or topic.</summary>
public sealed record ExchangeDeclaration(string Name, string Type, bool Internal = false);
