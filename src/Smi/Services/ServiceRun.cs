using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Verbs;

namespace Smi.Services;

/// <summary>Runs services until a signal or a control message stops them.</summary>
internal static class ServiceRun
{
    // Files are read and written with blocking calls; the broker's own reading must never wait for a free thread behind them.
    private const int SpareThreads = 16;

    public static async Task<int> RunAsync(
        SmiSettings settings, string name, Func<ServiceContext, IReadOnlyList<IExtractionService>> services, CancellationToken cancellation)
    {
        ThreadPool.SetMinThreads(settings.DicomAnonymiser.Parallelism + Environment.ProcessorCount + SpareThreads, SpareThreads);
        using var logs = new ServiceLogs(settings.Logging, name);
        try
        {
            using var traces = TraceExport.Start(settings.Tracing, name, logs.Factory.CreateLogger("Traces"));
            await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, logs.Factory.CreateLogger("Broker"), cancellation);
            var context = new ServiceContext { Settings = settings, Broker = broker, Clock = TimeProvider.System, Logs = logs.Factory };
            await new ServiceHost(context).RunAsync(services(context), cancellation);
            return ExitCode.Done;
        }
        catch (SettingsException fault)
        {
            throw new UsageException(fault.Message);
        }
        catch (BrokerException fault)
        {
            await Console.Error.WriteLineAsync($"smi: {fault.Message}");
            return ExitCode.Fault;
        }
        catch (InvalidDataException fault)
        {
            await Console.Error.WriteLineAsync($"smi: {fault.Message}");
            return ExitCode.Fault;
        }
    }
}
