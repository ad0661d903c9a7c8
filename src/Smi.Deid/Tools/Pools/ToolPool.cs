using System.Diagnostics;
using Smi.Deid.Tools.Processes;
using Smi.Dicom;

namespace Smi.Deid.Tools.Pools;

/// <summary>
/// Runs one tool for many threads: so many processes at most, daemons kept warm, each with one request at a time, and a new one in place of any that
/// gave reason for doubt.
/// </summary>
internal sealed class ToolPool : IDisposable
{
    private static readonly TimeSpan LongestRestartDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    private readonly ToolDefinition tool;
    private readonly string root;
    private readonly IToolObserver observer;
    private readonly SemaphoreSlim places;
    private readonly Timer idleWatch;

    // Daemons without a request, the one used last at the end; guarded by the gate.
    private readonly List<ToolDaemon> idle = [];
    private readonly Lock gate = new();
    private bool isDisposed;

    // How often a start failed in a row, and when; written by whoever starts a process, read by all.
    private volatile int failedStarts;
    private long lastFailedStart;
    private volatile bool isReplacing;

    public ToolPool(ToolDefinition tool, string root, IToolObserver observer)
    {
        (this.tool, this.root, this.observer) = (tool, root, observer);
        places = new SemaphoreSlim(tool.PoolSize);
        idleWatch = new Timer(_ => EndIdle(), null, IdleInterval, IdleInterval);
    }

    public ToolDefinition Tool => tool;

    /// <summary>Lets the tool work on a file, and says what became of it.</summary>
    /// <exception cref="ToolException">The tool failed, as often as it may.</exception>
    public ToolResult Run(ToolJob job, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var started = Stopwatch.GetTimestamp();
            var isLast = attempt >= tool.Attempts;
            try
            {
                if (Try(job, isLast, cancellation) is { } result)
                {
                    var kind = result is ToolResult.Produced ? ToolEventKind.Done : ToolEventKind.Refused;
                    Tell(kind, result is ToolResult.Refused refused ? refused.Reason : "", Stopwatch.GetElapsedTime(started));
                    return result;
                }
            }
            catch (ToolException fault)
            {
                Tell(fault.Kind == ToolFaultKind.TimedOut ? ToolEventKind.TimedOut : ToolEventKind.Failed, fault.Message, Stopwatch.GetElapsedTime(started));

                // What took all of its time would take as much again; whoever sent the file decides whether that is wanted.
                if (isLast || fault.IsOfTheMachine || fault.Kind == ToolFaultKind.TimedOut)
                {
                    throw;
                }
            }
        }
    }

    public void Dispose()
    {
        idleWatch.Dispose();
        foreach (var daemon in TakeAllThat(_ => true, isLast: true))
        {
            End(daemon, "the program ends");
        }

        places.Dispose();
    }

    /// <summary>Null when a one-shot tool failed in a way that a second run may not repeat.</summary>
    private ToolResult? Try(ToolJob job, bool isLast, CancellationToken cancellation)
    {
        var request = ToolFolder.Create(root, job.Modality);
        ToolResult? result = null;
        try
        {
            ToolInputs.Prepare(tool, job, request);
            result = Ask(request, isLast, cancellation);
            return result;
        }
        finally
        {
            if (result is not ToolResult.Produced)
            {
                request.Dispose();
            }
        }
    }

    private ToolResult? Ask(ToolFolder request, bool isLast, CancellationToken cancellation)
    {
        places.Wait(cancellation);
        try
        {
            return tool.Protocol == ToolProtocol.OneShot ? RunOnce(request, isLast, cancellation) : AskDaemon(request, cancellation);
        }
        finally
        {
            places.Release();
        }
    }

    private ToolResult? RunOnce(ToolFolder request, bool isLast, CancellationToken cancellation)
    {
        using var process = Starting(() => ToolProcess.Start(tool, tool.Arguments.Select(request.Fill), request), process => process.Id);
        process.CloseInput();
        var code = process.WaitForEnd(new Deadline(tool.Limits.File), cancellation);
        if (tool.SuccessCodes.Contains(code))
        {
            return Open(request);
        }

        // A shell's way to say that a signal ended it.
        if (code > 128)
        {
            throw process.Fault(ToolFaultKind.Ended, $"was ended by signal {code - 128}");
        }

        // An exit code that comes again is a fact about the file.
        return isLast ? new ToolResult.Refused($"the tool {tool.Name} says with exit code {code} that it cannot do this file; {process.Transcript.Describe()}") : null;
    }

    private ToolResult AskDaemon(ToolFolder request, CancellationToken cancellation)
    {
        var daemon = Take(cancellation);
        try
        {
            var refusal = daemon.Ask(request, cancellation);

            // A daemon whose file is not there may have answered for another one.
            ToolResult result = refusal is null ? Open(request) : new ToolResult.Refused(refusal);
            GiveBack(daemon);
            return result;
        }
        catch
        {
            // Whatever it was, this process is not asked again: restart rather than resynchronise.
            daemon.Dispose();
            isReplacing = true;
            throw;
        }
    }

    private ToolDaemon Take(CancellationToken cancellation)
    {
        while (TakeIdle() is { } daemon)
        {
            if (daemon.IsFit)
            {
                return daemon;
            }

            End(daemon, "it ended, printed something nobody asked for, or did as many files as it may");
        }

        return Starting(() => ToolDaemon.Start(tool, root, cancellation), daemon => daemon.ProcessId);
    }

    /// <summary>Starts a process, unless the last starts have just failed.</summary>
    private T Starting<T>(Func<T> start, Func<T, int> idOf)
    {
        var delay = TimeSpan.FromTicks(Math.Min(LongestRestartDelay.Ticks, tool.RestartDelay.Ticks << Math.Min(20, Math.Max(0, failedStarts - 1))));
        if (failedStarts > 0 && Stopwatch.GetElapsedTime(Volatile.Read(ref lastFailedStart)) < delay)
        {
            throw new ToolException(tool.Name, tool.Stage, ToolFaultKind.NotStarted, $"could not be started {failedStarts} times in a row and is left alone for a while");
        }

        try
        {
            var started = start();
            failedStarts = 0;
            Tell(isReplacing ? ToolEventKind.Restarted : ToolEventKind.Started, $"process {idOf(started)}", TimeSpan.Zero);
            isReplacing = false;
            return started;
        }
        catch (ToolException fault) when (fault.IsOfTheMachine)
        {
            Volatile.Write(ref lastFailedStart, Stopwatch.GetTimestamp());
            failedStarts++;
            throw;
        }
    }

    private ToolResult.Produced Open(ToolFolder request)
    {
        var path = ToolInputs.OutputOf(tool, request);
        if (!NativeProcess.IsRegularFile(path))
        {
            throw new ToolException(tool.Name, tool.Stage, ToolFaultKind.NoOutput, "says that the file is done and left none");
        }

        try
        {
            return new ToolResult.Produced(DicomFile.Open(path), request) { Path = path };
        }
        catch (DicomFormatException)
        {
            throw new ToolException(tool.Name, tool.Stage, ToolFaultKind.BadOutput, "says that the file is done, and what it left is not DICOM");
        }
    }

    private ToolDaemon? TakeIdle()
    {
        lock (gate)
        {
            var daemon = idle.LastOrDefault();
            if (daemon is not null)
            {
                idle.RemoveAt(idle.Count - 1);
            }

            return daemon;
        }
    }

    private void GiveBack(ToolDaemon daemon)
    {
        daemon.Rest();
        lock (gate)
        {
            if (!isDisposed)
            {
                idle.Add(daemon);
                return;
            }
        }

        daemon.Dispose();
    }

    private List<ToolDaemon> TakeAllThat(Predicate<ToolDaemon> isWanted, bool isLast)
    {
        lock (gate)
        {
            isDisposed |= isLast;
            var taken = idle.FindAll(isWanted);
            idle.RemoveAll(isWanted);
            return taken;
        }
    }

    private void EndIdle()
    {
        foreach (var daemon in TakeAllThat(daemon => daemon.IsIdleTooLong, isLast: false))
        {
            End(daemon, "it had nothing to do");
        }
    }

    private void End(ToolDaemon daemon, string why)
    {
        var id = daemon.ProcessId;
        daemon.Dispose();
        Tell(ToolEventKind.Ended, $"process {id}: {why}", TimeSpan.Zero);
    }

    private void Tell(ToolEventKind kind, string detail, TimeSpan elapsed) => observer.Happened(new ToolEvent(tool.Name, kind, detail, elapsed));
}
