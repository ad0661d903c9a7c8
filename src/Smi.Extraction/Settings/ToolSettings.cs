using Smi.Deid.Tools;

namespace Smi.Extraction.Settings;

/// <summary>The external tools that AnonymiserType, TagsBy, ReportsBy, PixelsBy and the section Tools ask for.</summary>
public sealed record ToolSettings
{
    /// <summary>In the order in which they are asked for a file: those of the section Tools, then the original's.</summary>
    public IReadOnlyList<ToolDefinition> Definitions { get; init; } = [];

    /// <summary>Private folders of tools are made in it.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Why these settings cannot be carried out, with the way out; null when they can.</summary>
    public string? Obstacle { get; init; }
}
