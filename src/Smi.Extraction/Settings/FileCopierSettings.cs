namespace Smi.Extraction.Settings;

/// <summary>FileCopierOptions.</summary>
public sealed record FileCopierSettings
{
    public required QueueSettings Queue { get; init; }

    public required ExchangeSettings Statuses { get; init; }

    public string RoutingKey { get; init; } = "noverify";
}
