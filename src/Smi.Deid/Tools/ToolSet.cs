using Smi.Deid.Tools.Pools;
using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tools;

/// <summary>The tools of one run or service, with their pools. Disposing it ends every process of theirs.</summary>
public sealed class ToolSet : IDisposable
{
    private readonly List<ToolPool> pools;

    /// <param name="tools">In the order in which they are asked; the first that takes a modality gets its files.</param>
    /// <param name="workFolder">Private folders are made in it; originals and what is derived from them pass through.</param>
    /// <param name="observer">Told about starts, ends, faults and files.</param>
    /// <exception cref="ArgumentException">A definition contradicts itself; the message is for the reader of the settings.</exception>
    public ToolSet(IReadOnlyList<ToolDefinition> tools, string workFolder, IToolObserver observer)
    {
        var root = Path.GetFullPath(workFolder);
        foreach (var tool in tools)
        {
            if (ToolDefinitionCheck.Fault(tool, root) is { } fault)
            {
                throw new ArgumentException(fault, nameof(tools));
            }
        }

        Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!NativeProcess.IsFolderOfOurs(root))
        {
            throw new ArgumentException($"the work folder {root} belongs to another user, or others may write to it; set ToolWorkFolder to one of your own", nameof(workFolder));
        }

        LeftBehind.Remove(root);
        pools = [.. tools.Select(tool => new ToolPool(tool, root, observer))];
    }

    public IReadOnlyList<ToolDefinition> Tools => [.. pools.Select(pool => pool.Tool)];

    public void Dispose() => pools.ForEach(pool => pool.Dispose());

    internal IReadOnlyList<ToolPool> For(ToolStageKind stage) => [.. pools.Where(pool => pool.Tool.Stage == stage)];
}
