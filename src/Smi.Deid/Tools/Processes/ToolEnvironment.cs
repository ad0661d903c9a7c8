namespace Smi.Deid.Tools.Processes;

/// <summary>The environment of a tool: ours without our secrets, its own settings, and the private folder for whatever is temporary.</summary>
internal static class ToolEnvironment
{
    private const string OurSecrets = "SMI_RABBITMQ_";

    public static void Fill(IDictionary<string, string?> environment, ToolDefinition tool, ToolFolder folder, string mark)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith(OurSecrets, StringComparison.Ordinal)).ToList())
        {
            environment.Remove(name);
        }

        environment["PATH"] = CommandSearch.PathFor(tool);
        environment["TMPDIR"] = folder.Temporary;
        environment[ProcessTree.MarkVariable] = mark;
        if (tool.VirtualEnvironment is { } virtualEnvironment)
        {
            // What bin/activate does (Python's venv).
            environment["VIRTUAL_ENV"] = virtualEnvironment;
            environment.Remove("PYTHONHOME");
        }

        foreach (var (name, value) in tool.Environment)
        {
            environment[name] = folder.Fill(value);
        }
    }
}
