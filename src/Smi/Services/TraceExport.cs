using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Smi.Deid;
using Smi.Extraction.Settings;
using Smi.Extraction.Tracing;

namespace Smi.Services;

/// <summary>
/// Sends the spans of this process to an OpenTelemetry collector. Nothing is loaded, listened to or sent unless TracingOptions or OpenTelemetry's own
/// environment variables name one. A collector that is slow or gone costs spans, never files.
/// </summary>
internal sealed partial class TraceExport : IDisposable
{
    // A second of spans at some thousand files a second; more is dropped when the collector does not keep up.
    private const int LongestQueue = 16384;
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpointVariable = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    private readonly TracerProvider _provider;
    private readonly ExportFaults _faults;

    private TraceExport(TracingSettings settings, string service, ILogger log)
    {
        _faults = new(log);
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName(service), serviceVersion: ServiceFactory.Version))
            .AddSource(Spans.SourceName, FileSpans.SourceName)
            .AddOtlpExporter(options => Configure(options, settings))
            .Build();
        LogSending(log, settings.Endpoint is { } endpoint ? $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}" : "the address of the environment");
    }

    /// <summary>Null when nobody wants traces.</summary>
    public static IDisposable? Start(TracingSettings settings, string service, ILogger log) =>
        IsWanted(settings, Environment.GetEnvironmentVariable) ? new TraceExport(settings, service, log) : null;

    internal static bool IsWanted(TracingSettings settings, Func<string, string?> environment) =>
        !string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && (settings.Endpoint is not null || !string.IsNullOrEmpty(environment(EndpointVariable)) || !string.IsNullOrEmpty(environment(TracesEndpointVariable)));

    /// <summary>Sends what is left, for some seconds at the most.</summary>
    public void Dispose()
    {
        _provider.Dispose();
        _faults.Dispose();
    }

    // Several services of one name are told apart by service.instance.id, which the library makes up.
    private static string ServiceName(string service) => Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } given ? given : service;

    private static void Configure(OtlpExporterOptions options, TracingSettings settings)
    {
        options.BatchExportProcessorOptions.MaxQueueSize = Math.Max(LongestQueue, options.BatchExportProcessorOptions.MaxQueueSize);
        if (settings.Endpoint is not { } endpoint)
        {
            return;
        }

        // OTLP/HTTP: the base address and the path of the signal, as for the environment variable.
        var isHttp = settings.Protocol == TraceProtocol.HttpProtobuf;
        options.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = isHttp ? new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/v1/traces") : endpoint;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Traces are sent to {Endpoint}")]
    private static partial void LogSending(ILogger log, string endpoint);
}
