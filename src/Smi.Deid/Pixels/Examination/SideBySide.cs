using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Work on the frames of one image, as many at a time as there are processors.</summary>
internal static class SideBySide
{
    /// <summary>Calls <paramref name="work"/> for 0 … <paramref name="count"/> − 1. Of several failures the first frame's is thrown, whatever the order of work.</summary>
    /// <exception cref="DicomFormatException">A frame is damaged.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public static void For(int count, Action<int> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (count == 1)
        {
            work(0);
            return;
        }

        var failures = new ConcurrentDictionary<int, ExceptionDispatchInfo>();
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, count, options, (index, loop) =>
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
}
