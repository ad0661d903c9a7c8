using System.Text;

namespace Smi.Deid.Tools.Processes;

/// <summary>
/// Everything that a tool has started: its session, the descendants of any of them, whoever carries its mark in the environment, and orphans
/// without any mark that fell to us. Used by the thread that owns the tool.
/// </summary>
internal sealed class ProcessTree
{
    /// <summary>The variable that marks every process of a tool.</summary>
    public const string MarkVariable = "SMI_TOOL_MARK";

    /// <summary>How <see cref="MarkVariable"/> stands in the environment of a process.</summary>
    public static ReadOnlySpan<byte> MarkAssignment => "SMI_TOOL_MARK="u8;

    private const int LongestWait = 200;
    private const int Pause = 5;

    private readonly RunningProcess leader;
    private readonly byte[] mark;
    private readonly HashSet<(int Id, long Start)> seen = [];

    // Orphans without any environment, until they are met again: a tool that is just starting its program looks like that for a moment.
    private readonly HashSet<(int Id, long Start)> suspects = [];

    public ProcessTree(int leader, string mark)
    {
        this.mark = Encoding.ASCII.GetBytes($"{MarkVariable}={mark}");
        this.leader = RunningProcess.Find(leader) ?? new RunningProcess(leader, 'X', Environment.ProcessId, leader, 0, 0);
    }

    /// <summary>Resident memory of the whole tree in bytes. Whoever is met is remembered, wherever it goes.</summary>
    public long Measure() => Find().Where(process => !process.HasEnded).Sum(process => process.ResidentPages) * Environment.SystemPageSize;

    /// <summary>Ends all of it, or what can be ended: a process that waits for a dead disk cannot. How many it met alive.</summary>
    public int Kill()
    {
        var met = 0;
        for (var wait = 0; wait < LongestWait; wait++)
        {
            var (alive, suspected) = (0, suspects.Count);
            foreach (var process in Find())
            {
                if (!process.HasEnded)
                {
                    alive++;
                    NativeProcess.Kill(process.Id);
                }
                else if (process.Id != leader.Id && process.Parent == Environment.ProcessId)
                {
                    NativeProcess.Reap(process.Id);
                }
            }

            met += alive;
            if (alive == 0 && suspects.Count == suspected)
            {
                break;
            }

            NativeProcess.WaitForInput(-1, -1, Pause);
        }

        return met;
    }

    private List<RunningProcess> Find()
    {
        var all = RunningProcess.All();
        var own = all.Find(process => process.Id == Environment.ProcessId);
        var members = all.FindAll(process => Belongs(process, own.Session));
        var ids = members.Select(process => process.Id).ToHashSet();
        for (var count = -1; count != ids.Count;)
        {
            count = ids.Count;
            members.AddRange(all.Where(process => ids.Contains(process.Parent) && ids.Add(process.Id)));
        }

        members.ForEach(process => seen.Add((process.Id, process.Start)));
        return members;
    }

    private bool Belongs(RunningProcess process, int ownSession)
    {
        // Another process may have the leader's number by now.
        var isStranger = process.Id == leader.Id && process.Start != leader.Start;
        if (process.Id == Environment.ProcessId || process.Start < leader.Start || isStranger)
        {
            return false;
        }

        if (process.Session == leader.Id || seen.Contains((process.Id, process.Start)))
        {
            return true;
        }

        // A process of ours that is no tool stays in our session.
        var isOrphan = process.Parent == Environment.ProcessId && process.Session != ownSession;
        if (process.HasEnded || !process.ReadEnvironment(out var environment))
        {
            return false;
        }

        return environment.Length == 0
            ? isOrphan && process.HasArguments() && !suspects.Add((process.Id, process.Start))
            : environment.IndexOf(mark) >= 0 || (isOrphan && environment.IndexOf(MarkAssignment) < 0);
    }
}
