using Smi.Messaging.Messages;

namespace Smi.Extraction.Settings;

/// <summary>ExtractImagesOptions.</summary>
public sealed record ExtractImagesSettings
{
    public int MaxIdentifiersPerMessage { get; init; } = 1000;

    /// <summary>Null: v6 when a modality is given, June 2024 otherwise.</summary>
    public MessageShape? MessageShape { get; init; }

    /// <summary>Headers that a CSV may have; empty: every one that there is.</summary>
    public IReadOnlyList<string> AllowedExtractionKeys { get; init; } = [];

    public required ExchangeSettings Requests { get; init; }

    public required ExchangeSettings RequestInfos { get; init; }
}
