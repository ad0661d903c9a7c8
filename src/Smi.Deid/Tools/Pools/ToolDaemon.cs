using System.Diagnostics;
using Smi.Deid.Tools.Processes;
using Smi.Deid.Tools.Protocols;

namespace Smi.Deid.Tools.Pools;

/// <summary>A warm process that has one request at a time. Owned by the pool while it is idle and by one worker while it is not.</summary>
internal sealed class ToolDaemon : IDisposable
{
    // Lines before the one that says that it is ready: warnings of a virtual machine, banners.
    private const int MostChatter = 1000;

    private readonly ToolDefinition tool;
    private readonly IDaemonProtocol protocol;
    private readonly ToolFolder folder;
    private readonly ToolProcess process;
    private int files;
    private long idleSince;

    private ToolDaemon(ToolDefinition tool, IDaemonProtocol protocol, ToolFolder folder, ToolProcess process) =>
        (this.tool, this.protocol, this.folder, this.process) = (tool, protocol, folder, process);

    public int ProcessId => process.Id;

    public bool IsIdleTooLong => Stopwatch.GetElapsedTime(idleSince) > tool.Limits.Idle;

    /// <summary>It may get another request.</summary>
    public bool IsFit => !process.IsDoubtful && (tool.Limits.FilesPerProcess == 0 || files < tool.Limits.FilesPerProcess);

    /// <exception cref="ToolException">It is not there, or did not get ready in time.</exception>
    public static ToolDaemon Start(ToolDefinition tool, string root, CancellationToken cancellation)
    {
        var folder = ToolFolder.Create(root, "");
        ToolProcess? process = null;
        try
        {
            process = ToolProcess.Start(tool, tool.Arguments.Select(folder.Fill), folder);
            var daemon = new ToolDaemon(tool, ProtocolOf(tool), folder, process);
            daemon.WaitUntilReady(cancellation);
            return daemon;
        }
        catch
        {
            process?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Why it cannot do the file; null when it says that the file is done.</summary>
    /// <exception cref="ToolException">It gave no answer that can be trusted; it must be disposed.</exception>
    public string? Ask(ToolFolder request, CancellationToken cancellation)
    {
        files++;
        process.Transcript.Clear();
        var deadline = new Deadline(tool.Limits.File);
        if (!process.Send(protocol.Request(request)))
        {
            throw process.Fault(ToolFaultKind.Ended, "does not take requests any more");
        }

        while (true)
        {
            switch (protocol.Judge(process.ReadLine(deadline, cancellation).Span, request))
            {
                case LineMeaning.Success:
                    return null;
                case LineMeaning.Failure:
                    return $"the tool {tool.Name} says that it cannot do this file; {process.Transcript.Describe()}";
                case LineMeaning.Doubt:
                    throw process.Fault(ToolFaultKind.WrongAnswer, "gave an answer that its protocol does not allow");
            }
        }
    }

    public void Rest() => idleSince = Stopwatch.GetTimestamp();

    public void Dispose()
    {
        process.Dispose();
        folder.Dispose();
    }

    private static IDaemonProtocol ProtocolOf(ToolDefinition tool) =>
        tool.Protocol == ToolProtocol.JsonLines ? new JsonLines() : new PlainLines(tool.Lines);

    private void WaitUntilReady(CancellationToken cancellation)
    {
        if (tool.Protocol == ToolProtocol.LineDaemon && tool.Lines.Ready is null)
        {
            return;
        }

        var deadline = new Deadline(tool.Limits.Start);
        try
        {
            for (var line = 0; line < MostChatter; line++)
            {
                if (protocol.IsReady(process.ReadLine(deadline, cancellation).Span))
                {
                    return;
                }
            }
        }
        catch (ToolException fault) when (fault.Kind is ToolFaultKind.Ended or ToolFaultKind.WrongAnswer)
        {
            throw process.Fault(ToolFaultKind.NotStarted, "ended, or printed no line, before it was ready");
        }
        catch (ToolException fault) when (fault.Kind is ToolFaultKind.TimedOut)
        {
            throw process.Fault(ToolFaultKind.NotStarted, $"was not ready within {tool.Limits.Start.TotalSeconds} s");
        }

        throw process.Fault(ToolFaultKind.NotStarted, $"printed {MostChatter} lines and none that says that it is ready");
    }
}
