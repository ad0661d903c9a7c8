namespace Smi.Deid.Tools.Processes;

/// <summary>Finds the program of a tool as a shell would, the virtual environment first.</summary>
internal static class CommandSearch
{
    /// <summary>PATH as the tool sees it.</summary>
    public static string PathFor(ToolDefinition tool)
    {
        IEnumerable<string> first = tool.VirtualEnvironment is { } environment ? [Path.Combine(environment, "bin")] : [];
        return string.Join(':', [.. first, .. tool.SearchPath, Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"]);
    }

    /// <summary>Null when there is no such program, or it may not be executed.</summary>
    public static string? Find(ToolDefinition tool)
    {
        var candidates = tool.Command.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(tool.Command)]
            : PathFor(tool).Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, tool.Command));
        return candidates.FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
