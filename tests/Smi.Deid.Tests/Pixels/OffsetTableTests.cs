using System.Buffers.Binary;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Offset tables of images with text on some frames: what the tables say of the output is where its frames lie.</summary>
public sealed class OffsetTableTests
{
    private const int Width = 160;
    private const int Height = 160;

    private static readonly FrameFormat s_format = PixelWork.Gray(Width, Height);
    private static readonly TransferSyntax s_syntax = TransferSyntax.Find(TransferSyntaxCodecs.JpegLsLossless) ?? TransferSyntax.ExplicitLittleEndian;

    // The third frame has no text.
    private static readonly byte[][] s_frames = [Picture(1, true), Picture(2, true), Picture(3, false), Picture(4, true)];

    [Fact]
    public void An_extended_table_is_followed_and_made_anew()
    {
        // Cut in the middle of codestreams, so that only the table tells where frames begin.
        var image = Image([2, 1, 1, 1], isExtended: true, isBasic: false);

        using var context = PixelWork.Run(image, s_syntax, out var refusal);

        Assert.Null(refusal);
        AssertFrames(context.Edited);
        // The kept frame is one fragment, and so are all others now.
        var fragments = Fragments(context.Edited);
        Assert.Equal(s_frames.Length + 1, fragments.Count);
        var offsets = context.Edited.GetNumbers(DicomTags.ExtendedOffsetTable);
        var lengths = context.Edited.GetNumbers(DicomTags.ExtendedOffsetTableLengths);
        double position = 0;
        for (var frame = 0; frame < s_frames.Length; frame++)
        {
            Assert.Equal(position, offsets[frame]);
            Assert.InRange(lengths[frame], fragments[frame + 1].Length - 1, fragments[frame + 1].Length);
            position += 8 + fragments[frame + 1].Length;
        }

        Assert.Equal(0, fragments[0].Length);
    }

    [Fact]
    public void An_extended_table_goes_where_a_kept_frame_has_several_fragments()
    {
        using var context = PixelWork.Run(Image([1, 1, 3, 1], isExtended: true, isBasic: false), s_syntax, out var refusal);

        Assert.Null(refusal);
        // PS3.3 C.7.6.3.1.8: one fragment a frame.
        Assert.False(context.Edited.Contains(DicomTags.ExtendedOffsetTable));
        Assert.False(context.Edited.Contains(DicomTags.ExtendedOffsetTableLengths));
        AssertFrames(context.Edited);
    }

    [Fact]
    public void A_basic_table_is_followed_and_made_anew()
    {
        using var context = PixelWork.Run(Image([2, 1, 3, 1], isExtended: false, isBasic: true), s_syntax, out var refusal);

        Assert.Null(refusal);
        AssertFrames(context.Edited);
        var (fragments, position) = (Fragments(context.Edited), 0L);
        var table = fragments[0].ToMemory();
        int[] counts = [1, 1, 3, 1];
        for (int frame = 0, next = 1; frame < counts.Length; frame++)
        {
            Assert.Equal(position, BinaryPrimitives.ReadUInt32LittleEndian(table.Span[(4 * frame)..]));
            position += fragments.Skip(next).Take(counts[frame]).Sum(fragment => 8 + fragment.Length);
            next += counts[frame];
        }
    }

    [Fact]
    public void Tables_go_with_the_fragments_when_frames_become_native()
    {
        var image = Image([1, 1, 1, 1], isExtended: true, isBasic: false);
        // What says that it lost samples is not compressed again.
        var lossy = TransferSyntax.Find(TransferSyntaxCodecs.JpegLsNearLossless) ?? s_syntax;

        using var context = PixelWork.Run(image, lossy, out var refusal);

        Assert.Null(refusal);
        Assert.Equal(TransferSyntax.ExplicitLittleEndian, context.OutputSyntax);
        Assert.False(context.Edited.Contains(DicomTags.ExtendedOffsetTable));
        Assert.False(context.Edited.Contains(DicomTags.ExtendedOffsetTableLengths));
        Assert.Equal("01", context.Edited.GetString(DicomTags.LossyImageCompression));
    }

    private static void AssertFrames(DicomDataSet edited)
    {
        using var bytes = new MemoryStream();
        DicomWriter.WriteFile(bytes, new DicomDataSet(), s_syntax, edited);
        using var written = DicomFile.Parse(bytes.ToArray());
        var reader = FrameReader.Open(written.DataSet, s_syntax);
        for (var frame = 0; frame < s_frames.Length; frame++)
        {
            var result = reader.Read(frame);
            Assert.Equal(s_frames[frame].AsSpan(Width * 110), result.AsSpan(Width * 110));
            Assert.DoesNotContain((byte)250, result);
        }
    }

    private static IReadOnlyList<ByteSlice> Fragments(DicomDataSet dataSet) => Assert.IsType<EncapsulatedElement>(dataSet.Find(DicomTags.PixelData)).Fragments;

    /// <param name="counts">Fragments of each frame.</param>
    private static DicomDataSet Image(int[] counts, bool isExtended, bool isBasic)
    {
        var image = PixelWork.Compressed(PixelWork.Image(s_format, s_frames), s_format, s_syntax, s_frames);
        ByteSlice[][] frames = [.. Fragments(image).Skip(1).Select((stream, frame) => Cut(stream, counts[frame]))];
        long[] offsets = [.. frames.Select((_, frame) => frames.Take(frame).SelectMany(parts => parts).Sum(part => 8 + part.Length))];
        var basic = new byte[isBasic ? 4 * offsets.Length : 0];
        var (extended, lengths) = (new byte[8 * offsets.Length], new byte[8 * offsets.Length]);
        for (var frame = 0; frame < offsets.Length; frame++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(extended.AsSpan(8 * frame), offsets[frame]);
            BinaryPrimitives.WriteInt64LittleEndian(lengths.AsSpan(8 * frame), frames[frame].Sum(part => part.Length));
            if (isBasic)
            {
                BinaryPrimitives.WriteInt32LittleEndian(basic.AsSpan(4 * frame), (int)offsets[frame]);
            }
        }

        image.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(basic), .. frames.SelectMany(parts => parts)]));
        if (isExtended)
        {
            image.Set(new ValueElement(DicomTags.ExtendedOffsetTable, VR.OV, extended));
            image.Set(new ValueElement(DicomTags.ExtendedOffsetTableLengths, VR.OV, lengths));
        }

        return image;
    }

    private static ByteSlice[] Cut(ByteSlice stream, int count)
    {
        var length = stream.Length / count / 2 * 2;
        return [.. Enumerable.Range(0, count).Select(part => stream.Part(part * length, part == count - 1 ? stream.Length - (part * length) : length))];
    }

    private static byte[] Picture(int seed, bool hasText)
    {
        var picture = new BitmapText(Width, Height).WithNoise(60, 8, seed);
        if (hasText)
        {
            // Elsewhere on each frame, so that frames do not agree and the one without text is kept.
            picture.Burn("ROBERTSON", 20, 2 + (seed / 2 * 40), 2, 250);
        }

        return picture.Pixels;
    }
}
