using Smi.Dicom;

namespace Smi.Deid.Tools;

/// <summary>
/// One external program: how it is started and spoken to, which files it gets, and what it may take. Placeholders of arguments, environment and
/// request: <c>{source}</c>, <c>{target}</c>, <c>{work}</c> (a private folder with <c>in</c>, <c>out</c> and <c>tmp</c>) and <c>{modality}</c>.
/// </summary>
public sealed record ToolDefinition
{
    /// <summary>Letters, digits, dots and hyphens: it stands in logs, metrics and folder names.</summary>
    public required string Name { get; init; }

    public required ToolStageKind Stage { get; init; }

    /// <summary>Modality values (0008,0060) whose files it gets; empty: all.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>A path, or a name to be found in PATH, the virtual environment first.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Arguments that make it print its version; empty when it has none.</summary>
    public IReadOnlyList<string> VersionArguments { get; init; } = [];

    public ToolProtocol Protocol { get; init; }

    public LineProtocol Lines { get; init; } = new();

    public ToolInput Reads { get; init; }

    /// <summary>Where it leaves its result; a placeholder or a path below <c>{work}</c>.</summary>
    public string Output { get; init; } = "{target}";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Folders put before PATH.</summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    /// <summary>A Python virtual environment that is activated for it.</summary>
    public string? VirtualEnvironment { get; init; }

    /// <summary>Where it is started; null: in its private folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>How many run at the same time at most.</summary>
    public int PoolSize { get; init; } = System.Environment.ProcessorCount;

    public ToolLimits Limits { get; init; } = new();

    /// <summary>How often one file is tried, with a fresh process, before the fault is handed on.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>The wait after a start that failed; doubled with each further one, up to a minute.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Exit codes of a one-shot tool that mean success.</summary>
    public IReadOnlyList<int> SuccessCodes { get; init; } = [0];

    /// <summary>It refuses inputs that it could write. Under root it then runs without the right to override permissions.</summary>
    public bool InsistsOnReadOnlyInput { get; init; }

    /// <summary>Paths with blanks break its protocol.</summary>
    public bool BreaksOnBlanks { get; init; }

    /// <summary>A folder for what it printed when a file failed, as files of mode 0600; null: nothing is kept.</summary>
    public string? KeepOutputIn { get; init; }

    /// <summary>Identifying attributes that it leaves as they are on purpose; verification does not search for their values.</summary>
    public IReadOnlyList<DicomTag> MayKeep { get; init; } = [];

    /// <summary>What decides about results, for the fingerprint of a policy.</summary>
    public string Description => string.Join('\n', [Name, $"{Stage} {Protocol} {Reads} {Output}", .. Modalities, Command, .. Arguments, .. MayKeep.Select(tag => tag.ToString())]);
}
