namespace Smi.Extraction.Settings;

/// <summary>TracingOptions: where OpenTelemetry traces go.</summary>
public sealed record TracingSettings
{
    /// <summary>The collector's base address; null: OpenTelemetry's environment variables say where, or that nothing is sent.</summary>
    public Uri? Endpoint { get; init; }

    public TraceProtocol Protocol { get; init; } = TraceProtocol.HttpProtobuf;

    /// <summary>Of so many files of a request one is traced.</summary>
    public int OneFileIn { get; init; } = 1;
}
