using Microsoft.Extensions.Logging;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Hosting;

/// <summary>What a service needs from the process it runs in.</summary>
public sealed class ServiceContext
{
    public required SmiSettings Settings { get; init; }

    public required IMessageBroker Broker { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Logs { get; init; }

    public ServiceMetrics Metrics { get; } = new();

    public Readiness Readiness { get; } = new();
}
