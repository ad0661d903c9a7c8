using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Doctor;

/// <summary>The broker: reachable, everything the settings name is there, and what waits in it.</summary>
public static class BrokerChecks
{
    private const string Topic = "broker";
    private const ushort TrialMessages = 200;
    private static readonly TimeSpan TrialPatience = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Check>> RunAsync(SmiSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var where = settings.Broker.Type == BrokerType.Embedded
            ? $"embedded, {settings.Broker.EmbeddedPath}"
            : $"RabbitMQ, {settings.Broker.Rabbit.HostName}:{settings.Broker.Rabbit.Port}, virtual host {settings.Broker.Rabbit.VirtualHost}";
        try
        {
            await using var broker = await Brokers.OpenAsync(settings, clock, NullLogger.Instance, cancellation);
            return [Check.Good(Topic, "connection", where), .. await LookAsync(broker, settings, cancellation)];
        }
        catch (BrokerException fault)
        {
            return [Check.NoGo(Topic, "connection", $"{where}: {fault.Message}")];
        }
    }

    private static async Task<IReadOnlyList<Check>> LookAsync(IMessageBroker broker, SmiSettings settings, CancellationToken cancellation)
    {
        if (broker is not IBrokerAdministration administration)
        {
            throw new InvalidOperationException("this broker cannot be looked into");
        }

        var topology = TopologyOf.Of(settings);
        var complaints = await administration.CheckAsync(topology, cancellation);
        var depths = await administration.CountAsync(topology.Queues, cancellation);
        return
        [
            .. complaints.Select(complaint => Check.NoGo(Topic, "topology", $"{complaint}; smi setup-broker -y {settings.Path} creates what is missing")),
            .. complaints.Count == 0 ? new[] { Check.Good(Topic, "topology", $"{topology.Exchanges.Count} exchanges, {topology.Queues.Count} queues and their bindings are there") } : [],
            .. complaints.Count == 0 ? new[] { await TrialAsync(broker, settings, cancellation) } : [],
            .. depths.Where(depth => depth.Messages > 0).Select(depth => Check.Fact(Topic, depth.Queue, $"{depth.Messages} messages wait, {depth.Consumers} consumers")),
        ];
    }

    /// <summary>Messages over the control exchange to a queue that goes with this check: no service is bound to its key.</summary>
    private static async Task<Check> TrialAsync(IMessageBroker broker, SmiSettings settings, CancellationToken cancellation)
    {
        var key = $"smi.control.doctor{Environment.ProcessId}";
        await using var consumer = await broker.OpenConsumerAsync(
            new() { Queue = $"Control.Doctor{Environment.ProcessId}", AutoAck = true, Prefetch = TrialMessages, Transient = new(settings.Broker.ControlExchange, [$"{key}.*"]) }, cancellation);
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = settings.Broker.ControlExchange }, cancellation);
        var messages = Enumerable.Range(0, TrialMessages)
            .Select(_ => new OutgoingMessage { Header = MessageHeader.Root("Doctor", TimeProvider.System), Body = "{}"u8.ToArray(), RoutingKey = $"{key}.trial" }).ToList();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TrialPatience);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await publisher.PublishAsync(messages, patience.Token);
            for (var count = 0; count < TrialMessages; count++)
            {
                await consumer.Deliveries.ReadAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Check.NoGo(Topic, "round trip", $"not all of {TrialMessages} messages came back within {TrialPatience.TotalSeconds} s");
        }

        return Check.Good(Topic, "round trip", $"{TrialMessages} messages there, confirmed, and back in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
    }
}
