namespace Smi.Extraction.Settings;

/// <summary>CohortExtractorOptions, with our fulfillers and rejectors.</summary>
public sealed record CohortExtractorSettings
{
    public required QueueSettings Queue { get; init; }

    public required ExchangeSettings Files { get; init; }

    public required ExchangeSettings FileInfos { get; init; }

    public string AnonRoutingKey { get; init; } = "anon";

    public string IdentRoutingKey { get; init; } = "ident";

    /// <summary>The last part of the name, without a namespace.</summary>
    public required string FulfillerType { get; init; }

    /// <summary>The last part of the name, without a namespace.</summary>
    public required string PathResolverType { get; init; }

    public required string IndexFile { get; init; }

    public SqlFulfillerSettings? Sql { get; init; }

    /// <summary>Columns of the metadata; a file is rejected when one is set (0, false and empty are not).</summary>
    public IReadOnlyList<string> RejectColumns { get; init; } = [];

    public IReadOnlyList<BlockListSettings> BlockLists { get; init; } = [];

    /// <summary>A rule file in the form of the original's DynamicRules.txt; null unless RejectorType is DynamicRejector.</summary>
    public string? DynamicRulesFile { get; init; }

    /// <summary>True for RejectorType RejectAll: nothing is extracted.</summary>
    public bool RejectAll { get; init; }

    /// <summary>Filters of the original that are set and cannot be carried out here, with the way out; the service does not start with any.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];
}
