using Microsoft.Extensions.Logging;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Hosting;

/// <summary>Runs services in this process: their control queues, the health pages, and an orderly end when any of them stops or is stopped.</summary>
public sealed partial class ServiceHost(ServiceContext context)
{
    private static readonly TimeSpan QueueInterval = TimeSpan.FromSeconds(15);

    private readonly ILogger _log = context.Logs.CreateLogger("Host");

    /// <summary>Runs until stopped by the token or a control message. Throws what ended a service otherwise.</summary>
    public async Task RunAsync(IReadOnlyList<IExtractionService> services, CancellationToken stop)
    {
        foreach (var note in context.Settings.Notes)
        {
            LogNote(_log, note);
        }

        await using var health = await HealthPages.StartAsync(context, stop);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = services.Select(service => RunAsync(service, ending)).ToList();
        var watching = WatchQueuesAsync(ending.Token);
        try
        {
            await Task.WhenAll(running);
        }
        finally
        {
            await ending.CancelAsync();
            await watching;
        }
    }

    private async Task RunAsync(IExtractionService service, CancellationTokenSource ending)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        try
        {
            await using var control = await context.Broker.OpenConsumerAsync(ControlQueue(service), stopping.Token);
            var listening = ListenAsync(service, control, stopping);
            LogStarted(_log, service.Name, Environment.ProcessId);
            await service.RunAsync(stopping.Token);
            await stopping.CancelAsync();
            await listening;
            LogStopped(_log, service.Name);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped(_log, service.Name);
        }
        catch
        {
            // One service that cannot go on ends the process: a supervisor starts all of it anew.
            await ending.CancelAsync();
            throw;
        }
    }

    private ConsumerSpecification ControlQueue(IExtractionService service) => new()
    {
        Queue = $"Control.{service.Name}{Environment.ProcessId}",
        AutoAck = true,
        Transient = new(context.Settings.Broker.ControlExchange, ["smi.control.all.*", $"smi.control.{service.Name.ToLowerInvariant()}.*"]),
    };

    private async Task ListenAsync(IExtractionService service, IMessageConsumer control, CancellationTokenSource stopping)
    {
        try
        {
            await foreach (var delivery in control.Deliveries.ReadAllAsync(stopping.Token))
            {
                switch (ControlMessages.Read(delivery.RoutingKey, Environment.ProcessId))
                {
                    case ControlAction.Stop:
                        LogControlStop(_log, service.Name);
                        await stopping.CancelAsync();
                        break;
                    case ControlAction.Ping:
                        LogPong(_log, service.Name);
                        break;
                    default:
                        LogUnknown(_log, service.Name);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    /// <summary>Shows how long the queues are, and whether the broker is well.</summary>
    private async Task WatchQueuesAsync(CancellationToken cancellation)
    {
        var queues = Settings.TopologyOf.Of(context.Settings).Queues;
        using var timer = new PeriodicTimer(QueueInterval, context.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await CountAsync(queues, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task CountAsync(IReadOnlyList<string> queues, CancellationToken cancellation)
    {
        if (context.Broker is not IBrokerAdministration administration)
        {
            return;
        }

        try
        {
            foreach (var depth in await administration.CountAsync(queues, cancellation))
            {
                context.Metrics.QueueMessages.Set(depth.Messages, depth.Queue);
            }
        }
        catch (BrokerException)
        {
            // The broker's own complaint is on the readiness page.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service} started, pid {Pid}")]
    private static partial void LogStarted(ILogger log, string service, int pid);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service} stopped")]
    private static partial void LogStopped(ILogger log, string service);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: stop requested by a control message")]
    private static partial void LogControlStop(ILogger log, string service);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: pong")]
    private static partial void LogPong(ILogger log, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: a control message with an unknown action, or for another process, was ignored")]
    private static partial void LogUnknown(ILogger log, string service);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Note}")]
    private static partial void LogNote(ILogger log, string note);
}
