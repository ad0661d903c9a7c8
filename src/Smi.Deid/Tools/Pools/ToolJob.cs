namespace Smi.Deid.Tools.Pools;

/// <summary>One file for a tool.</summary>
internal sealed class ToolJob
{
    /// <summary>The original.</summary>
    public required string Source { get; init; }

    /// <summary>Modality of the original, or empty.</summary>
    public required string Modality { get; init; }

    /// <summary>Writes the file as the stages before made it.</summary>
    public required Action<string> WriteEdited { get; init; }
}
