namespace Smi.Tests.Traces;

/// <summary>A span as a collector gets it. Identifiers in hex; attributes as texts.</summary>
internal sealed record CollectedSpan
{
    /// <summary>The resource's service.name.</summary>
    public required string Service { get; init; }

    public required string Trace { get; init; }

    public required string Id { get; init; }

    /// <summary>Empty for the first of a trace.</summary>
    public required string Parent { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>The spans that it is linked with.</summary>
    public required IReadOnlyList<string> Links { get; init; }
}
