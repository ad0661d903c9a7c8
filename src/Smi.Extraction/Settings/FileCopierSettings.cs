namespace Smi.Extraction.Settings;

/// <summary>FileCopierOptions.</summary>
public sealed record FileCopierSettings
{
    public required QueueSettings Queue { get; init; }

    public required ExchangeSettings Statuses { get; init; }

    public string RoutingKey { get; init; } = "noverify";

    /// <summary>Permissions of finished copies; null: 0600.</summary>
    public UnixFileMode? OutputMode { get; init; }

    /// <summary>Group of finished copies, by name or number; null: the service's own.</summary>
    public string? OutputGroup { get; init; }
}
