using Smi.Deid.Files;
using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tools.Pools;

/// <summary>Puts into the private folder what a tool reads, and finds what it wrote.</summary>
internal static class ToolInputs
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead;

    public static void Prepare(ToolDefinition tool, ToolJob job, ToolFolder folder)
    {
        if (tool.Reads == ToolInput.Edited)
        {
            job.WriteEdited(folder.Source);
            File.SetUnixFileMode(folder.Source, ReadOnly);
            return;
        }

        Offer(job.Source, folder.Source);
        if (tool.Reads == ToolInput.Both)
        {
            job.WriteEdited(folder.Target);
        }
    }

    public static string OutputOf(ToolDefinition tool, ToolFolder folder) => Path.Combine(folder.Path, folder.Fill(tool.Output));

    // A link where that is safe: under a name without blanks, to a file that the tool cannot change. Root can change any.
    private static void Offer(string original, string source)
    {
        if (!OriginalFile.MayBeWritten(original))
        {
            File.CreateSymbolicLink(source, original);
            return;
        }

        File.Copy(original, source);
        File.SetUnixFileMode(source, ReadOnly);
    }
}
