using Smi.Messaging.RabbitMq;

namespace Smi.Extraction.Settings;

/// <summary>MessageBrokerType, RabbitOptions and EmbeddedBroker.</summary>
public sealed record BrokerSettings
{
    public required BrokerType Type { get; init; }

    public required RabbitOptions Rabbit { get; init; }

    public required string EmbeddedPath { get; init; }

    public required string ControlExchange { get; init; }

    public required string FatalLoggingExchange { get; init; }
}
