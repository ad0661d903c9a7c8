namespace Smi.Extraction.Settings;

/// <summary>SmiServices' ProducerOptions.</summary>
public sealed record ExchangeSettings
{
    public required string ExchangeName { get; init; }

    public int MaxConfirmAttempts { get; init; } = 1;
}
