using Smi.Dicom;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Work on frames: of all images together as many at a time as there are processors. An image that finds none free goes on alone, frame by frame, so that
/// with n images at a time fewer than processors + n frames are in work, whatever their number of frames.
/// </summary>
internal sealed class SideBySide(int processors)
{
    /// <summary>Frames for each processor until it is looked anew for what other images have left.</summary>
    private const int FramesOfRound = 16;

    private int taken;

    /// <summary>Calls <paramref name="work"/> for 0 … <paramref name="count"/> − 1. Of several failures the first frame's is thrown, whatever the order of work.</summary>
    /// <exception cref="DicomFormatException">A frame is damaged.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public void For(int count, Action<int> work, CancellationToken cancellation)
    {
        for (var first = 0; first < count;)
        {
            using var own = Take(count - first);
            var (from, next) = (first, (int)Math.Min(count, first + ((long)own.Count * FramesOfRound)));
            own.For(next - from, index => work(from + index), cancellation);
            first = next;
        }
    }

    /// <summary>Takes what is free of the processors, one at least; they are free again once it is disposed.</summary>
    public TakenProcessors Take(int most)
    {
        while (true)
        {
            var before = Volatile.Read(ref taken);
            var count = Math.Clamp(processors - before, 1, Math.Max(1, most));
            if (Interlocked.CompareExchange(ref taken, before + count, before) == before)
            {
                return new TakenProcessors(this, count);
            }
        }
    }

    internal void GiveBack(int count) => Interlocked.Add(ref taken, -count);
}
