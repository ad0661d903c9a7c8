using System.ComponentModel;
using System.Diagnostics;

namespace Smi.Tests.Crash;

/// <summary>A disk that is full whenever a test says so, for the processes that were started with it and their children.</summary>
internal sealed class RefusingDisk : ICrashDisk
{
    private const int NoSpace = 28;

    private volatile bool _isFull;
    private int _refusals;

    /// <summary>How often it was full when somebody wrote.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    public void Fill() => _isFull = true;

    public void Empty() => _isFull = false;

    public Process Start(ProcessStartInfo start)
    {
        Process? process = null;
        Win32Exception? fault = null;

        // What is asked about a thread is asked about it for ever: it is one of its own, which ends.
        var starter = new Thread(() =>
        {
            try
            {
                var questions = WriteQuestions.OfThisThread();
                new Thread(() => Answer(questions)) { IsBackground = true }.Start();
                process = Process.Start(start);
            }
            catch (Win32Exception caught)
            {
                fault = caught;
            }
        });
        starter.Start();
        starter.Join();
        return process ?? throw new InvalidOperationException("the process did not start", fault);
    }

    public void Dispose() => Empty();

    private void Answer(WriteQuestions questions)
    {
        using (questions)
        {
            questions.Answer(Error);
        }
    }

    private int Error()
    {
        if (!_isFull)
        {
            return 0;
        }

        Interlocked.Increment(ref _refusals);
        return NoSpace;
    }
}
