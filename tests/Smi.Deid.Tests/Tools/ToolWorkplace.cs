using System.Collections.Concurrent;
using Smi.Deid.Tools;
using Smi.Deid.Tools.Pools;
using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tests.Tools;

/// <summary>A source file, a work folder, and everything the observer was told. Fails the test when anything of a tool is left at its end.</summary>
internal sealed class ToolWorkplace : IToolObserver, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-tools-").FullName;
    private readonly ConcurrentQueue<ToolEvent> events = new();
    private readonly List<ToolPool> pools = [];

    public ToolWorkplace()
    {
        WorkFolder = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName;
        Source = Path.Combine(folder, "a file with blanks.dcm");
        File.WriteAllBytes(Source, TestFiles.Patient().ToArray());
    }

    public string WorkFolder { get; }

    public string Source { get; }

    public string Folder => folder;

    public IReadOnlyList<ToolEvent> Events => [.. events];

    public int Count(ToolEventKind kind) => events.Count(happening => happening.Kind == kind);

    /// <summary>Processes that were started, one way or the other.</summary>
    public int Starts => Count(ToolEventKind.Started) + Count(ToolEventKind.Restarted);

    public ToolPool Pool(ToolDefinition tool)
    {
        var pool = new ToolPool(tool, WorkFolder, this);
        pools.Add(pool);
        return pool;
    }

    public ToolJob Job() => new() { Source = Source, Modality = "CT", WriteEdited = path => File.Copy(Source, path) };

    public ToolResult Run(ToolPool pool) => pool.Run(Job(), TestContext.Current.CancellationToken);

    /// <summary>Processes that tools of this test process have left: marked ones, and orphans of other sessions that came to us, marked or not.</summary>
    public static int[] RunningTools()
    {
        var own = RunningProcess.Find(Environment.ProcessId)?.Session;
        return [.. RunningProcess.All().Where(process => !process.HasEnded && process.Id != Environment.ProcessId && (IsOurs(process) || IsAdopted(process, own))).Select(process => process.Id)];
    }

    public void Happened(ToolEvent happening) => events.Enqueue(happening);

    public void Dispose()
    {
        pools.ForEach(pool => pool.Dispose());
        Assert.Empty(Directory.EnumerateFileSystemEntries(WorkFolder));
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsAdopted(RunningProcess process, int? ownSession) => process.Parent == Environment.ProcessId && process.Session != ownSession;

    private static bool IsOurs(RunningProcess process) =>
        process.ReadEnvironment(out var environment)
        && environment.IndexOf(System.Text.Encoding.ASCII.GetBytes($"{ProcessTree.MarkVariable}={ToolFolder.OwnerName}-")) >= 0;
}
