using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Writes Pixel Data with the boxes of each frame blanked. Frames without any keep their bytes, less comments and application segments;
/// sequential JPEG is blanked among its coefficients, lossless syntaxes are written back in themselves, all others as native explicit little endian,
/// for nothing is compressed with loss twice.
/// </summary>
internal sealed class PixelRewriting(DicomDataSet original, FrameReader reader)
{
    private readonly Lazy<BlankColour> blank = new(() => new BlankColour(original, reader.Format));

    /// <summary>Null when everything can stay as it is in the source.</summary>
    /// <param name="regions">For each frame.</param>
    /// <param name="writer">Must live until the file is written.</param>
    public RewrittenPixelData? Rewrite(IReadOnlyList<IReadOnlyList<PlannedRegion>> regions, FrameWriter writer, bool isConversion, CancellationToken cancellation)
    {
        var isChanged = isConversion;
        for (var frame = 0; frame < reader.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            isChanged |= isConversion ? Convert(frame, regions[frame], writer) : regions[frame].Count > 0 ? Blank(frame, regions[frame], writer) : Keep(frame, writer);
        }

        return isChanged ? writer.Finish() : null;
    }

    /// <summary>True when frames of this syntax cannot be blanked in it.</summary>
    public static bool NeedsConversion(FrameReader reader, IReadOnlyList<IReadOnlyList<PlannedRegion>> regions) =>
        reader.IsEncapsulated
        && TransferSyntaxCodecs.FindEncoder(reader.Syntax) is null
        && Enumerable.Range(0, reader.FrameCount).Any(frame => regions[frame].Count > 0 && !CanBlankCoefficients(reader, frame));

    // The levels of a codestream are not signed; where samples are, its zero is not the zero of the image.
    private static bool CanBlankCoefficients(FrameReader reader, int frame) =>
        !reader.Format.IsSigned && reader.Syntax.Uid is TransferSyntaxCodecs.JpegBaseline or TransferSyntaxCodecs.JpegExtended
        && JpegRedactor.CanRedact(reader.ReadCodestream(frame).Span);

    private bool Convert(int frame, IReadOnlyList<PlannedRegion> regions, FrameWriter writer)
    {
        writer.WriteSamples(Blanked(frame, regions));
        return true;
    }

    private bool Blank(int frame, IReadOnlyList<PlannedRegion> regions, FrameWriter writer)
    {
        if (reader.IsEncapsulated && CanBlankCoefficients(reader, frame))
        {
            var blanked = JpegRedactor.Redact(reader.ReadCodestream(frame).Span, Boxes(regions, isExact: false), Boxes(regions, isExact: true), BlankLevels(frame));
            writer.WriteCodestream(TransferSyntaxCodecs.RemoveMetadata(reader.Syntax, blanked, reader.StoredFormat));
        }
        else
        {
            writer.WriteSamples(Blanked(frame, regions));
        }

        return true;
    }

    private bool Keep(int frame, FrameWriter writer)
    {
        if (reader.IsEncapsulated)
        {
            return KeepCodestream(frame, writer);
        }

        if (UnusedBits.AreThere(reader.Format))
        {
            var samples = reader.Read(frame);
            if (UnusedBits.Clear(samples, reader.Format))
            {
                writer.WriteSamples(samples);
                return true;
            }
        }

        writer.Keep();
        return false;
    }

    private bool KeepCodestream(int frame, FrameWriter writer)
    {
        if (TransferSyntaxCodecs.FindEncoder(reader.Syntax) is not null && UnusedBits.AreThere(reader.Format))
        {
            var samples = reader.Read(frame);
            if (UnusedBits.Clear(samples, reader.Format))
            {
                writer.WriteSamples(samples);
                return true;
            }
        }

        var codestream = reader.ReadCodestream(frame);
        var bare = TransferSyntaxCodecs.RemoveMetadata(reader.Syntax, codestream.Span, reader.StoredFormat);
        if (IsSame(codestream.Span, bare))
        {
            writer.Keep();
            return false;
        }

        writer.WriteCodestream(bare);
        return true;
    }

    // The byte that makes the length even is not part of the codestream.
    private static bool IsSame(ReadOnlySpan<byte> codestream, ReadOnlySpan<byte> bare) =>
        codestream.SequenceEqual(bare) || codestream.TrimEnd((byte)0).SequenceEqual(bare.TrimEnd((byte)0));

    private byte[] Blanked(int frame, IReadOnlyList<PlannedRegion> regions)
    {
        var samples = reader.Read(frame);
        UnusedBits.Clear(samples, reader.Format);
        if (regions.Count > 0)
        {
            FrameRedaction.Apply(samples, reader.Format, regions.Select(region => region.Box), blank.Value.Of(samples, frame));
        }

        return samples;
    }

    /// <summary>A codestream may hold YCbCr whatever the data set says, and is shown so.</summary>
    private int[] BlankLevels(int frame) => reader.Format.PhotometricInterpretation == "RGB" && JpegColour.IsYcc(reader.ReadCodestream(frame).Span)
        ? [0, 1 << (reader.Format.BitsStored - 1), 1 << (reader.Format.BitsStored - 1)]
        : blank.Value.Of(reader.Read(frame), frame);

    private static PixelBox[] Boxes(IReadOnlyList<PlannedRegion> regions, bool isExact) =>
        [.. regions.Where(region => region.IsExact == isExact).Select(region => region.Box)];
}
