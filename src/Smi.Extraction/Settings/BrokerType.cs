namespace Smi.Extraction.Settings;

/// <summary>MessageBrokerType of the settings.</summary>
public enum BrokerType
{
    RabbitMQ,
    Embedded,
}
