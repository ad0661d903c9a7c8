namespace Smi.Deid.Pixels.Regions;

/// <summary>A rule file that cannot be followed without the danger that something stays visible.</summary>
public sealed class RegionRuleException(string file, int line, string message) : Exception($"{file} line {line}: {message}")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
