using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;
using Smi.Extraction.Settings;

namespace Smi.Services;

/// <summary>Logs of services: the console always, and JSON lines in a file per service and day when the settings name a folder.</summary>
internal sealed class ServiceLogs : IDisposable
{
    private readonly Serilog.Core.Logger _logger;

    public ServiceLogs(LoggingSettings settings, string service)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(settings.TraceLogging ? LogEventLevel.Debug : LogEventLevel.Information)
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:O}|{Level:u4}|{SourceContext}|{Message:lj}{NewLine}{Exception}");
        if (!string.IsNullOrEmpty(settings.LogsRoot))
        {
            var file = Path.Combine(settings.LogsRoot, service, $"{service}-.jsonl");
            configuration.WriteTo.File(new CompactJsonFormatter(), file, rollingInterval: RollingInterval.Day, shared: true, retainedFileCountLimit: 90);
        }

        _logger = configuration.CreateLogger();
        Factory = new SerilogLoggerFactory(_logger);
    }

    public SerilogLoggerFactory Factory { get; }

    public void Dispose()
    {
        Factory.Dispose();
        _logger.Dispose();
    }
}
