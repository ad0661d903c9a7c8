using System.Collections.Concurrent;
using System.Security.Cryptography;
using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Looks at every frame for text; identical frames are looked at once. Holds as many frames as it gets processors.</summary>
/// <param name="detector">Finds text.</param>
/// <param name="sideBySide">The processors of all images.</param>
/// <param name="reader">The frames.</param>
/// <param name="palette">Null for an image without.</param>
/// <param name="looks">At frames that hide something from the first look.</param>
/// <param name="isInverted">High values are shown dark.</param>
/// <param name="tiles">Null where frames are no tiles of a larger picture.</param>
/// <param name="blank">Null where nothing will be blanked.</param>
internal sealed class FrameExaminer(
    TextDetector detector, SideBySide sideBySide, FrameReader reader, Palette? palette, FurtherLooks looks, bool isInverted, TiledImage? tiles, BlankValues? blank = null)
{
    /// <summary>Pixels added around what was found: glyphs have soft edges, and lossy compression spreads them.</summary>
    private const int Margin = 2;

    private readonly ConcurrentDictionary<string, Lazy<FrameFinding>> foundIn = new(StringComparer.Ordinal);

    // Around corners of tiles; the same bytes are another picture in another width.
    private readonly ConcurrentDictionary<(int Columns, string Samples), Lazy<IReadOnlyList<PixelBox>>> foundAround = new();

    // Memory of frames that are done, for the next ones.
    private readonly ConcurrentBag<byte[]> spare = [];

    /// <summary>One for each frame.</summary>
    public IReadOnlyList<FrameFinding> Examine(CancellationToken cancellation)
    {
        FramePictures.RequireKnown(reader.Format);
        var found = new FrameFinding[reader.FrameCount];
        sideBySide.For(found.Length, frame => found[frame] = Examine(frame), cancellation);
        IReadOnlyList<IReadOnlyList<PixelBox>> boxes = [.. found.Select(finding => finding.Boxes)];
        var together = tiles is null ? new FrameEvidence(reader.Format.Columns, reader.Format.Rows).Combine(boxes) : WithAcrossEdges(tiles, boxes, cancellation);
        return [.. found.Select((finding, frame) => finding with { Boxes = together[frame] })];
    }

    /// <summary>Of each tile its own boxes, and of what lies across its edges the part that is on it.</summary>
    private List<PixelBox>[] WithAcrossEdges(TiledImage image, IReadOnlyList<IReadOnlyList<PixelBox>> own, CancellationToken cancellation)
    {
        var across = new IReadOnlyList<PixelBox>[image.Corners.Count];
        sideBySide.For(across.Length, corner => across[corner] = Around(image, image.Corners[corner]), cancellation);
        List<PixelBox>[] boxes = [.. own.Select(found => found.ToList())];
        foreach (var (frame, box) in across.SelectMany((found, corner) => found.SelectMany(box => image.OnTiles(image.Corners[corner], box))))
        {
            if (!boxes[frame].Exists(other => other.Contains(box)))
            {
                boxes[frame].Add(box);
            }
        }

        return boxes;
    }

    private IReadOnlyList<PixelBox> Around(TiledImage image, TileCorner corner)
    {
        var (samples, format) = image.Read(corner);
        return foundAround.GetOrAdd((format.Columns, Convert.ToHexString(SHA256.HashData(samples))), _ => new Lazy<IReadOnlyList<PixelBox>>(
            () => [.. FramePictures.Find(detector, samples, format, palette).Select(box => box.Grown(Margin).ClippedTo(format.Columns, format.Rows))])).Value;
    }

    private FrameFinding Examine(int frame)
    {
        reader.RequireBelievable(frame);
        var samples = spare.TryTake(out var used) ? used : new byte[reader.Format.FrameLength];
        reader.Read(frame, samples);
        var found = reader.FrameCount == 1 ? Find(frame, samples) : FindOnce(frame, samples);
        found = found.Boxes.Count == 0 ? found : found with { Blank = blank?.Of(frame, samples) };
        spare.Add(samples);
        return found;
    }

    /// <summary>A frame that is the same as another waits for what is found in that.</summary>
    private FrameFinding FindOnce(int frame, byte[] samples) =>
        foundIn.GetOrAdd(Convert.ToHexString(SHA256.HashData(samples)), _ => new Lazy<FrameFinding>(() => Find(frame, samples))).Value;

    private FrameFinding Find(int frame, byte[] samples)
    {
        var pictures = FramePictures.Of(samples, reader.Format, palette);
        var further = looks.At(frame, samples, pictures[0].Picture).SelectMany(look => DistantLook.FindAtBoth(detector, look));
        var boxes = FramePictures.Find(detector, pictures).Concat(further);
        var page = PaperPage.Of(pictures[0].Picture, isInverted);
        boxes = page is null ? boxes : PageLines.Of(page, boxes);
        return new FrameFinding([.. boxes.Select(Grown)], page is not null, UnusedBits.AreUsed(samples, reader.Format));
    }

    private PixelBox Grown(PixelBox box) => box.Grown(Margin).ClippedTo(reader.Format.Columns, reader.Format.Rows);
}
