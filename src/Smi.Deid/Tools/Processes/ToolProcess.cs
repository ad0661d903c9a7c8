using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;

namespace Smi.Deid.Tools.Processes;

/// <summary>
/// One process of a tool, in a session of its own, with what it prints read as it comes. Whatever happens to it, its whole tree is gone when it is
/// disposed. Used by one thread at a time.
/// </summary>
internal sealed class ToolProcess : IDisposable
{
    private const int LongestLine = 64 * 1024;

    // How soon a cancellation, an end that closed no pipe, or too much memory is seen.
    private const int Slice = 100;
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly ToolDefinition tool;
    private readonly Process process;
    private readonly ProcessTree tree;
    private readonly byte[] line = new byte[LongestLine];
    private readonly byte[] block = new byte[16 * 1024];
    private readonly int input;
    private int output;
    private int errors;
    private int held;
    private long measured = Stopwatch.GetTimestamp();

    private ToolProcess(ToolDefinition tool, Process process, string mark)
    {
        (this.tool, this.process) = (tool, process);
        tree = new ProcessTree(process.Id, mark);
        input = Descriptor(process.StandardInput.BaseStream);
        output = Descriptor(process.StandardOutput.BaseStream);
        errors = Descriptor(process.StandardError.BaseStream);
        Transcript = new ToolTranscript(tool.Name, tool.KeepOutputIn);
    }

    public int Id => process.Id;

    public ToolTranscript Transcript { get; }

    /// <exception cref="ToolException">The program is not there.</exception>
    public static ToolProcess Start(ToolDefinition tool, IEnumerable<string> arguments, ToolFolder folder)
    {
        var command = CommandSearch.Find(tool)
            ?? throw new ToolException(tool.Name, tool.Stage, ToolFaultKind.NotFound, "is not there or cannot be executed; see Command in its settings");
        var mark = $"{ToolFolder.OwnerName}-{Guid.NewGuid():N}";
        try
        {
            NativeProcess.AdoptOrphans();
            var process = Process.Start(Starting(tool, command, arguments, folder, mark)) ?? throw new InvalidOperationException("a new process was expected");
            return new ToolProcess(tool, process, mark);
        }
        catch (Win32Exception)
        {
            throw new ToolException(tool.Name, tool.Stage, ToolFaultKind.NotFound, "cannot be started; setsid and prlimit of util-linux are needed");
        }
    }

    /// <summary>True when nobody asked for what it prints or it has ended: no answer can be trusted any more.</summary>
    public bool IsDoubtful
    {
        get
        {
            if (held > 0 || output < 0)
            {
                return true;
            }

            var (hasOutput, hasErrors) = NativeProcess.WaitForInput(output, errors, 0);
            if (hasErrors)
            {
                DrainErrors();
            }

            return hasOutput || process.HasExited;
        }
    }

    /// <summary>False when it does not take the request.</summary>
    public bool Send(ReadOnlySpan<byte> request) => NativeProcess.Write(input, request);

    /// <summary>For one-shot tools, which have nothing to read.</summary>
    public void CloseInput() => process.StandardInput.Close();

    /// <summary>The next line it prints, without its end.</summary>
    /// <exception cref="ToolException">There is none in time, it is no line, or the tool ended or took too much memory.</exception>
    public ReadOnlyMemory<byte> ReadLine(Deadline deadline, CancellationToken cancellation)
    {
        while (true)
        {
            if (FindLine() is { } found)
            {
                return found;
            }

            if (held == LongestLine)
            {
                throw Fault(ToolFaultKind.WrongAnswer, $"printed a line of more than {LongestLine} bytes");
            }

            if (output < 0 || (!Listen(deadline, cancellation) && process.HasExited && !Listen(deadline, cancellation)))
            {
                throw Fault(ToolFaultKind.Ended, $"ended before it answered{ExitText()}");
            }
        }
    }

    /// <summary>Waits for the end of a one-shot tool and gives its exit code; helpers it leaves behind are not waited for.</summary>
    public int WaitForEnd(Deadline deadline, CancellationToken cancellation)
    {
        while (output >= 0 || errors >= 0)
        {
            var isHeard = Listen(deadline, cancellation);
            held = 0;
            if (!isHeard && process.HasExited)
            {
                break;
            }
        }

        while (!process.WaitForExit(deadline.Within(Slice)))
        {
            Check(deadline, cancellation);
        }

        return process.ExitCode;
    }

    public ToolException Fault(ToolFaultKind kind, string what) => new(tool.Name, tool.Stage, kind, $"{what}; {Transcript.Describe()}");

    public void Dispose()
    {
        var met = tree.Kill();
        process.WaitForExit(EndPatience);
        if (met > 0)
        {
            // Helpers that fell to us when the leader ended.
            tree.Kill();
        }

        process.StandardInput.Dispose();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        process.Dispose();
    }

    private static ProcessStartInfo Starting(ToolDefinition tool, string command, IEnumerable<string> arguments, ToolFolder folder, string mark)
    {
        // A session of its own, so that all of it can be found and ended; no core dumps, for they hold patients.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = tool.WorkingDirectory ?? folder.Path,
        };
        IEnumerable<string> demotion = tool.InsistsOnReadOnlyInput && NativeProcess.UserId == 0 ? ["setpriv", "--bounding-set=-dac_override", "--"] : [];
        foreach (var argument in (IEnumerable<string>)["prlimit", "--core=0:0", "--", .. demotion, command, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        ToolEnvironment.Fill(start.Environment, tool, folder, mark);
        return start;
    }

    private static int Descriptor(Stream stream) => (int)((PipeStream)stream).SafePipeHandle.DangerousGetHandle();

    /// <summary>Reads what there is, or waits a slice for it. False when nothing came.</summary>
    private bool Listen(Deadline deadline, CancellationToken cancellation)
    {
        Check(deadline, cancellation);
        var (hasOutput, hasErrors) = NativeProcess.WaitForInput(output, errors, deadline.Within(Slice));
        if (hasErrors)
        {
            DrainErrors();
        }

        if (hasOutput)
        {
            ReadOutput();
        }

        return hasOutput || hasErrors;
    }

    private void ReadOutput()
    {
        var count = NativeProcess.Read(output, line.AsSpan(held));
        if (count <= 0)
        {
            output = -1;
            return;
        }

        Transcript.AddOutput(line.AsSpan(held, count));
        held += count;
    }

    private void DrainErrors()
    {
        var count = NativeProcess.Read(errors, block);
        if (count <= 0)
        {
            errors = -1;
            return;
        }

        Transcript.AddErrors(block.AsSpan(0, count));
    }

    private ReadOnlyMemory<byte>? FindLine()
    {
        var end = line.AsSpan(0, held).IndexOf((byte)'\n');
        if (end < 0)
        {
            return null;
        }

        var found = line.AsSpan(0, end).TrimEnd((byte)'\r').ToArray();
        line.AsSpan(end + 1, held - end - 1).CopyTo(line);
        held -= end + 1;
        return found;
    }

    private void Check(Deadline deadline, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (deadline.IsOver)
        {
            throw Fault(ToolFaultKind.TimedOut, "gave no answer in time");
        }

        if (Stopwatch.GetElapsedTime(measured) < MemoryInterval)
        {
            return;
        }

        measured = Stopwatch.GetTimestamp();
        if (tree.Measure() is var taken && tool.Limits.Memory > 0 && taken > tool.Limits.Memory)
        {
            throw Fault(ToolFaultKind.TooMuchMemory, $"took {taken / (1024 * 1024)} MB of memory, more than it may");
        }
    }

    private string ExitText() => process.WaitForExit(Slice) ? $" with exit code {process.ExitCode}" : "";
}
