using Microsoft.Extensions.Logging;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Embedded;
using Smi.Messaging.RabbitMq;

namespace Smi.Extraction.Hosting;

/// <summary>Opens the broker that the settings name.</summary>
public static class Brokers
{
    /// <exception cref="BrokerException">The broker cannot be used; says why.</exception>
    public static async Task<IMessageBroker> OpenAsync(SmiSettings settings, TimeProvider clock, ILogger log, CancellationToken cancellation) =>
        settings.Broker.Type == BrokerType.Embedded
            ? await EmbeddedBroker.OpenAsync(new() { Path = settings.Broker.EmbeddedPath }, TopologyOf.Of(settings), clock, log, cancellation)
            : await RabbitBroker.OpenAsync(settings.Broker.Rabbit, clock, log, cancellation);
}
