using System.Security.Cryptography;
using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Looks at every frame for text; identical frames are looked at once. Holds as many frames as there are processors.</summary>
internal sealed class FrameExaminer(TextDetector detector, FrameReader reader, Palette? palette)
{
    /// <summary>Pixels added around what was found: glyphs have soft edges, and lossy compression spreads them.</summary>
    private const int Margin = 2;

    private readonly Dictionary<string, int> firstWithSamples = new(StringComparer.Ordinal);

    /// <summary>Boxes for each frame, inside the frame.</summary>
    public IReadOnlyList<IReadOnlyList<PixelBox>> Examine(CancellationToken cancellation)
    {
        var found = new IReadOnlyList<PixelBox>[reader.FrameCount];
        var sameAs = new int[reader.FrameCount];
        var waiting = new List<(int Frame, byte[] Samples)>();
        for (var frame = 0; frame < reader.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            var samples = reader.Read(frame);
            sameAs[frame] = FirstAlike(frame, samples);
            if (sameAs[frame] == frame)
            {
                waiting.Add((frame, samples));
            }

            if (waiting.Count >= Environment.ProcessorCount || frame == reader.FrameCount - 1)
            {
                Parallel.ForEach(waiting, new ParallelOptions { CancellationToken = cancellation }, next => found[next.Frame] = Find(next.Samples));
                waiting.Clear();
            }
        }

        return new FrameEvidence(reader.Format.Columns, reader.Format.Rows).Combine([.. sameAs.Select(first => found[first])]);
    }

    private int FirstAlike(int frame, byte[] samples)
    {
        if (reader.FrameCount == 1)
        {
            return frame;
        }

        var key = Convert.ToHexString(SHA256.HashData(samples));
        return firstWithSamples.TryAdd(key, frame) ? frame : firstWithSamples[key];
    }

    private IReadOnlyList<PixelBox> Find(byte[] samples) =>
        [.. FramePictures.Find(detector, samples, reader.Format, palette).Select(Grown)];

    private PixelBox Grown(PixelBox box) =>
        new PixelBox(box.Left - Margin, box.Top - Margin, box.Right + Margin, box.Bottom + Margin).ClippedTo(reader.Format.Columns, reader.Format.Rows);
}
