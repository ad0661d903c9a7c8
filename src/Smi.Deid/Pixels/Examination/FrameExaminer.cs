using System.Collections.Concurrent;
using System.Security.Cryptography;
using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Looks at every frame for text; identical frames are looked at once. Holds as many frames as there are processors.</summary>
internal sealed class FrameExaminer(TextDetector detector, FrameReader reader, Palette? palette)
{
    /// <summary>Pixels added around what was found: glyphs have soft edges, and lossy compression spreads them.</summary>
    private const int Margin = 2;

    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<PixelBox>>> foundIn = new(StringComparer.Ordinal);

    // Memory of frames that are done, for the next ones.
    private readonly ConcurrentBag<byte[]> spare = [];

    /// <summary>Boxes for each frame, inside the frame.</summary>
    public IReadOnlyList<IReadOnlyList<PixelBox>> Examine(CancellationToken cancellation)
    {
        FramePictures.RequireKnown(reader.Format);
        var found = new IReadOnlyList<PixelBox>[reader.FrameCount];
        SideBySide.For(found.Length, frame => found[frame] = Examine(frame), cancellation);
        return new FrameEvidence(reader.Format.Columns, reader.Format.Rows).Combine(found);
    }

    private IReadOnlyList<PixelBox> Examine(int frame)
    {
        reader.RequireBelievable(frame);
        var samples = spare.TryTake(out var used) ? used : new byte[reader.Format.FrameLength];
        reader.Read(frame, samples);
        var found = reader.FrameCount == 1 ? Find(samples) : FindOnce(samples);
        spare.Add(samples);
        return found;
    }

    /// <summary>A frame that is the same as another waits for what is found in that.</summary>
    private IReadOnlyList<PixelBox> FindOnce(byte[] samples) =>
        foundIn.GetOrAdd(Convert.ToHexString(SHA256.HashData(samples)), _ => new Lazy<IReadOnlyList<PixelBox>>(() => Find(samples))).Value;

    private IReadOnlyList<PixelBox> Find(byte[] samples) =>
        [.. FramePictures.Find(detector, samples, reader.Format, palette).Select(Grown)];

    private PixelBox Grown(PixelBox box) =>
        new PixelBox(box.Left - Margin, box.Top - Margin, box.Right + Margin, box.Bottom + Margin).ClippedTo(reader.Format.Columns, reader.Format.Rows);
}
