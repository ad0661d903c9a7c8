using System.Collections.Concurrent;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Codecs.Jpeg2000;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Writes Pixel Data with the boxes of each frame blanked. Frames without any keep their bytes, less comments and application segments;
/// sequential JPEG and reversible JPEG 2000 are blanked among their coefficients, lossless syntaxes are written back in themselves, all others as native explicit
/// little endian, for nothing is compressed with loss twice. Holds two frames for each processor that it gets.
/// </summary>
/// <param name="sideBySide">The processors of all images.</param>
/// <param name="found">What is known of each frame and need not be found by decoding it again.</param>
internal sealed class PixelRewriting(DicomDataSet original, FrameReader reader, SideBySide sideBySide, IReadOnlyList<FrameFinding> found)
{
    /// <summary>For each processor: the one that waits for the others need not be idle.</summary>
    private const int FramesHeld = 2;

    private readonly Lazy<FrameRenderer> renderer = new(() => FrameRenderer.For(original, reader.Format));

    // Set by whichever processor meets some, read when all are done.
    private volatile bool hasClearedBits;

    // Memory of frames that are written, for the next ones.
    private readonly ConcurrentBag<byte[]> spare = [];

    /// <summary>Null when everything can stay as it is in the source.</summary>
    /// <param name="regions">For each frame.</param>
    /// <param name="writer">Must live until the file is written.</param>
    public RewrittenPixelData? Rewrite(IReadOnlyList<IReadOnlyList<PlannedRegion>> regions, FrameWriter writer, CancellationToken cancellation)
    {
        var isChanged = writer.IsConversion;
        for (var first = 0; first < reader.FrameCount;)
        {
            using var own = sideBySide.Take(reader.FrameCount - first);
            var from = first;
            var rewritten = new byte[]?[Math.Min(reader.FrameCount - from, FramesHeld * own.Count)];
            // The data set is asked before the work goes on side by side.
            var blank = Enumerable.Range(from, rewritten.Length).Select(frame => regions[frame].Count > 0 ? renderer.Value.Darkest(frame) : null).ToArray();
            own.For(rewritten.Length, i => rewritten[i] = Rewritten(from + i, regions[from + i], blank[i], writer), cancellation);
            foreach (var frame in rewritten)
            {
                isChanged |= Write(frame, writer);
            }

            first += rewritten.Length;
        }

        return isChanged ? writer.Finish() : null;
    }

    /// <summary>Unused bits of samples held something, and hold it no more.</summary>
    public bool HasClearedBits => hasClearedBits;

    /// <summary>True when frames of this syntax cannot be blanked in it, or not be rid of what stands in unused bits.</summary>
    /// <param name="reader">The source.</param>
    /// <param name="regions">For each frame.</param>
    /// <param name="hidesBits">Something stands there.</param>
    public static bool NeedsConversion(FrameReader reader, IReadOnlyList<IReadOnlyList<PlannedRegion>> regions, bool hidesBits) =>
        IsWithoutEncoder(reader)
        && (hidesBits || Enumerable.Range(0, reader.FrameCount).Any(frame => regions[frame].Count > 0 && !CanBlankCoefficients(reader, frame)));

    /// <summary>What is blanked where nothing is converted: among coefficients whole blocks, except on the edges of rules.</summary>
    public static IReadOnlyList<IReadOnlyList<PlannedRegion>> GrownToBlocks(FrameReader reader, IReadOnlyList<IReadOnlyList<PlannedRegion>> regions) =>
        !IsWithoutEncoder(reader) ? regions
            : [.. regions.Select(planned => planned
                .Select(region => region.IsExact ? region : region with { Box = JpegRedactor.GrownToBlocks(region.Box, reader.Format.Columns, reader.Format.Rows) })
                .ToArray())];

    /// <summary>True when frames of this syntax are compressed and cannot be compressed again without loss.</summary>
    private static bool IsWithoutEncoder(FrameReader reader) => reader.IsEncapsulated && TransferSyntaxCodecs.FindEncoder(reader.Syntax) is null;

    private bool Write(byte[]? rewritten, FrameWriter writer)
    {
        if (rewritten is null)
        {
            writer.Keep();
            return false;
        }

        if (writer.IsEncapsulated)
        {
            writer.WriteCodestream(rewritten);
        }
        else
        {
            writer.WriteSamples(rewritten);
            spare.Add(rewritten);
        }

        return true;
    }

    // The levels of a codestream are not signed; where samples are, its zero is not the zero of the image.
    private static bool CanBlankCoefficients(FrameReader reader, int frame) =>
        !reader.Format.IsSigned && reader.Syntax.Uid is TransferSyntaxCodecs.JpegBaseline or TransferSyntaxCodecs.JpegExtended
        && JpegRedactor.CanRedact(reader.ReadCodestream(frame).Span);

    /// <summary>A codestream or samples, whichever the writer takes; null when the frame stays as it is.</summary>
    private byte[]? Rewritten(int frame, IReadOnlyList<PlannedRegion> regions, DarkestValue? blank, FrameWriter writer)
    {
        if (blank is not null && writer.IsEncapsulated && BlankedCodestream(frame, regions, blank) is { } blanked)
        {
            return blanked;
        }

        if (blank is not null || writer.IsConversion)
        {
            return Written(Blanked(frame, regions, blank), writer);
        }

        return WithoutUnusedBits(frame, writer) ?? (reader.IsEncapsulated ? BareCodestream(frame) : null);
    }

    /// <summary>Null where the frame must be decoded, and encoded as a whole.</summary>
    private byte[]? BlankedCodestream(int frame, IReadOnlyList<PlannedRegion> regions, DarkestValue blank)
    {
        if (CanBlankCoefficients(reader, frame))
        {
            var levels = DarkestOf(frame, blank).Select(level => (int)level).ToArray();
            var blanked = JpegRedactor.Redact(reader.ReadCodestream(frame).Span, Boxes(regions, isExact: false), Boxes(regions, isExact: true), levels);
            return TransferSyntaxCodecs.RemoveMetadata(reader.Syntax, blanked, reader.StoredFormat);
        }

        if (reader.Syntax.Uid != TransferSyntaxCodecs.Jpeg2000Lossless || MayHideBits(frame))
        {
            return null;
        }

        reader.RequireBelievable(frame);
        return Jpeg2000Redactor.Redact(reader.ReadCodestream(frame).Span, reader.StoredFormat, [.. regions.Select(region => region.Box)], DarkestOf(frame, blank));
    }

    private bool MayHideBits(int frame) => UnusedBits.AreThere(reader.Format) && found[frame].HidesBits != false;

    private IReadOnlyList<long> DarkestOf(int frame, DarkestValue blank)
    {
        if ((found[frame].Blank ?? blank.Always) is { } known)
        {
            return known;
        }

        var samples = Read(frame);
        var darkest = blank.Of(samples);
        spare.Add(samples);
        return darkest;
    }

    private bool ClearUnusedBits(byte[] samples)
    {
        var isCleared = UnusedBits.Clear(samples, reader.Format);
        if (isCleared)
        {
            // Never set to false: another processor may have met some.
            hasClearedBits = true;
        }

        return isCleared;
    }

    private byte[] Blanked(int frame, IReadOnlyList<PlannedRegion> regions, DarkestValue? blank)
    {
        var samples = Read(frame);
        ClearUnusedBits(samples);
        if (blank is not null)
        {
            FrameRedaction.Apply(samples, reader.Format, regions.Select(region => region.Box), found[frame].Blank ?? blank.Of(samples));
        }

        return samples;
    }

    /// <summary>Null where there is nothing in them, or where they cannot be written without loss.</summary>
    private byte[]? WithoutUnusedBits(int frame, FrameWriter writer)
    {
        if (!MayHideBits(frame) || IsWithoutEncoder(reader))
        {
            return null;
        }

        var samples = Read(frame);
        if (ClearUnusedBits(samples))
        {
            return Written(samples, writer);
        }

        spare.Add(samples);
        return null;
    }

    private byte[] Read(int frame)
    {
        reader.RequireBelievable(frame);
        var samples = spare.TryTake(out var used) ? used : new byte[reader.Format.FrameLength];
        reader.Read(frame, samples);
        return samples;
    }

    private byte[]? BareCodestream(int frame)
    {
        var codestream = reader.ReadCodestream(frame).Span;
        var bare = TransferSyntaxCodecs.RemoveMetadata(reader.Syntax, codestream, reader.StoredFormat);
        return IsSame(codestream, bare) ? null : bare;
    }

    // The byte that makes the length even is not part of the codestream.
    private static bool IsSame(ReadOnlySpan<byte> codestream, ReadOnlySpan<byte> bare) =>
        codestream.SequenceEqual(bare) || codestream.TrimEnd((byte)0).SequenceEqual(bare.TrimEnd((byte)0));

    private byte[] Written(byte[] samples, FrameWriter writer)
    {
        if (!writer.IsEncapsulated)
        {
            return samples;
        }

        var codestream = writer.Encode(samples);
        spare.Add(samples);
        return codestream;
    }

    private static PixelBox[] Boxes(IReadOnlyList<PlannedRegion> regions, bool isExact) =>
        [.. regions.Where(region => region.IsExact == isExact).Select(region => region.Box)];
}
