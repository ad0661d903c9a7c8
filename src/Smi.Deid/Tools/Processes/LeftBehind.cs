using System.Text;

namespace Smi.Deid.Tools.Processes;

/// <summary>What a process of ours that was killed could not take back: its tools, and their private folders.</summary>
internal static class LeftBehind
{
    public static void Remove(string root)
    {
        foreach (var process in RunningProcess.All().Where(process => !process.HasEnded))
        {
            if (OwnerIn(process) is { } owner && ToolFolder.OwnerIsGone(owner))
            {
                NativeProcess.Kill(process.Id);
            }
        }

        ToolFolder.Sweep(root);
    }

    private static string? OwnerIn(RunningProcess process)
    {
        if (!process.ReadEnvironment(out var environment) || environment.IndexOf(ProcessTree.MarkAssignment) is not (>= 0 and var start))
        {
            return null;
        }

        var value = environment[(start + ProcessTree.MarkAssignment.Length)..];
        var end = value.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? value : value[..end]);
    }
}
