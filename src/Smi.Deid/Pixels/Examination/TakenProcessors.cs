using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Processors that one image has to itself until it gives them back: dispose it.</summary>
internal sealed class TakenProcessors(SideBySide all, int count) : IDisposable
{
    public int Count => count;

    /// <summary>Calls <paramref name="work"/> for 0 … <paramref name="frames"/> − 1. Of several failures the first frame's is thrown, whatever the order of work.</summary>
    /// <exception cref="DicomFormatException">A frame is damaged.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public void For(int frames, Action<int> work, CancellationToken cancellation)
    {
        if (count == 1)
        {
            OneByOne(frames, work, cancellation);
            return;
        }

        var failures = new ConcurrentDictionary<int, ExceptionDispatchInfo>();
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = count };
        Parallel.For(0, frames, options, (index, loop) =>
        {
            try
            {
                work(index);
            }
            catch (Exception failure) when (failure is DicomFormatException or IOException)
            {
                failures[index] = ExceptionDispatchInfo.Capture(failure);
                // All before it are still worked on.
                loop.Break();
            }
        });
        if (!failures.IsEmpty)
        {
            failures[failures.Keys.Min()].Throw();
        }
    }

    public void Dispose() => all.GiveBack(count);

    private static void OneByOne(int frames, Action<int> work, CancellationToken cancellation)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            work(frame);
        }
    }
}
