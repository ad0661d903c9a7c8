using Smi.Deid;
using Smi.Deid.Tools;

namespace Smi.Anonymise;

/// <summary>What <c>smi anonymise</c> was asked to do.</summary>
internal sealed record FolderOptions
{
    public required string Input { get; init; }

    public required string Output { get; init; }

    public required DeidPolicy Policy { get; init; }

    public string? KeyFile { get; init; }

    public string Project { get; init; } = "";

    /// <summary>Outputs have the relative paths of the inputs instead of their new UIDs.</summary>
    public bool MirrorsPaths { get; init; }

    public string? MappingFile { get; init; }

    public string? ReportFile { get; init; }

    public int Jobs { get; init; } = 1;

    public bool Overwrite { get; init; }

    /// <summary>External tools; null for none. Whoever made them ends them.</summary>
    public ToolSet? Tools { get; init; }
}
