namespace Smi.Deid.Tests.Tools;

/// <summary>Tests that look for processes and descriptors left behind, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ToolProcesses
{
    public const string Name = "tool processes";
}
