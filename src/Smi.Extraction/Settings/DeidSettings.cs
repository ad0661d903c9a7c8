namespace Smi.Extraction.Settings;

/// <summary>DeidOptions: the policy in the words of the command line, and the key.</summary>
public sealed record DeidSettings
{
    public string? KeyFile { get; init; }

    /// <summary><c>basic</c>, or a CTP script.</summary>
    public string Tags { get; init; } = "basic";

    public IReadOnlyList<string> Retain { get; init; } = [];

    /// <summary>Empty: every clean option that is built.</summary>
    public IReadOnlyList<string> Clean { get; init; } = [];

    public bool CtpStrict { get; init; }

    public string? Lookup { get; init; }
}
