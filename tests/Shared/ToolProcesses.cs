namespace Smi.Tests;

/// <summary>Tests of external tools run alone: a tool's orphans are ended, and a server that another test starts meanwhile would look like one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ToolProcesses
{
    public const string Name = "tool processes";
}
