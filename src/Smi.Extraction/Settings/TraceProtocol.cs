namespace Smi.Extraction.Settings;

/// <summary>The two ways in which collectors take OTLP.</summary>
public enum TraceProtocol
{
    /// <summary>http/protobuf, usually port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC, usually port 4317.</summary>
    Grpc,
}
