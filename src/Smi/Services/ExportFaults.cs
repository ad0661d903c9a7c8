using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Smi.Services;

/// <summary>Says in the log that traces do not arrive: OpenTelemetry itself is silent about it. At most once in ten minutes.</summary>
internal sealed partial class ExportFaults : EventListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private long? _told;

    public ExportFaults(ILogger log) => _log = log;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
        {
            EnableEvents(eventSource, EventLevel.Error);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        lock (_gate)
        {
            if (_told is { } told && Stopwatch.GetElapsedTime(told) < Interval)
            {
                return;
            }

            _told = Stopwatch.GetTimestamp();
        }

        // Of the event only its name: what it says further may be an answer of the collector.
        LogFault(_log, eventData.EventName ?? "");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces cannot be sent ({Event}) and are dropped; files are not held up by it")]
    private static partial void LogFault(ILogger log, string @event);
}
