using System.Buffers.Binary;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Frames;
using Smi.Dicom.Tests.Codecs;

namespace Smi.Dicom.Tests.Frames;

public sealed class FrameReaderTests
{
    private static readonly TransferSyntax Baseline = TestImages.Syntax(TransferSyntaxCodecs.JpegBaseline);
    private static readonly TransferSyntax Lossless = TestImages.Syntax(TransferSyntaxCodecs.JpegLosslessFirstOrder);

    [Fact]
    public void Planes_become_interleaved_samples()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(1, 2, 3, 8, "RGB", planar: 1), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[] { 1, 4, 2, 5, 3, 6 }));
        Assert.Equal([1, 2, 3, 4, 5, 6], Open(dataSet).Read(0));
    }

    [Fact]
    public void Shared_chroma_becomes_full_size()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(1, 4, 3, 8, "YBR_FULL_422"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[] { 1, 2, 10, 20, 3, 4, 30, 40 }));
        var reader = Open(dataSet);
        Assert.Equal([1, 10, 20, 2, 10, 20, 3, 30, 40, 4, 30, 40], reader.Read(0));
        Assert.Equal("YBR_FULL", reader.Format.PhotometricInterpretation);
    }

    [Fact]
    public void Packed_bits_of_frames_that_end_within_a_byte_become_bytes()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(1, 3, 1, 1, "MONOCHROME2"), 4);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[] { 0b10_011_001, 0b0000_110_1 }));
        var frames = TestImages.ReadAll(Open(dataSet));
        Assert.Equal([[1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 1, 1]], frames);
    }

    [Theory]
    [InlineData(16, VR.OW)]
    [InlineData(8, VR.OW)]
    [InlineData(8, VR.OB)]
    [InlineData(1, VR.OW)]
    public void Big_endian_files_give_the_same_samples(int bits, VR vr)
    {
        var format = TestImages.Format(3, 5, 1, bits, "MONOCHROME2");
        var dataSet = TestImages.DataSet(format, 3);
        var value = new byte[bits == 1 ? 6 : 3 * 15 * bits / 8];
        new Random(1).NextBytes(value);
        dataSet.Set(new ValueElement(DicomTags.PixelData, vr, value));
        using var file = TestImages.WriteAndRead(dataSet, TransferSyntax.ExplicitBigEndian);
        Assert.True(file.DataSet.FindValue(DicomTags.PixelData)?.IsBigEndian);
        Assert.Equal(TestImages.ReadAll(Open(dataSet)), TestImages.ReadAll(FrameReader.Open(file.DataSet, file.TransferSyntax)));
    }

    [Fact]
    public void Fragments_are_found_by_the_basic_offset_table()
    {
        var (dataSet, frames) = TwoFramesInThreeFragments(withTable: true, endsInMarker: false);
        Assert.Equal(frames, TestImages.ReadAll(FrameReader.Open(dataSet, Baseline)));
    }

    [Fact]
    public void Fragments_are_found_by_where_codestreams_begin_and_end()
    {
        var (dataSet, frames) = TwoFramesInThreeFragments(withTable: false, endsInMarker: true);
        Assert.Equal(frames, TestImages.ReadAll(FrameReader.Open(dataSet, Baseline)));
    }

    [Fact]
    public void Fragments_are_found_by_the_extended_offset_table()
    {
        var (dataSet, frames) = TwoFramesInThreeFragments(withTable: false, endsInMarker: false);
        var first = (dataSet.Find(DicomTags.PixelData) as EncapsulatedElement)?.Fragments.Skip(1).Take(2).Sum(f => 8 + f.Length) ?? 0;
        var table = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(table.AsSpan(8), first);
        dataSet.Set(new ValueElement(DicomTags.ExtendedOffsetTable, VR.OV, table));
        Assert.Equal(frames, TestImages.ReadAll(FrameReader.Open(dataSet, Baseline)));
    }

    [Fact]
    public void A_wrong_offset_table_does_not_matter_when_each_frame_is_one_fragment()
    {
        var format = TestImages.Format(20, 20, 1, 16, "MONOCHROME2");
        var dataSet = TestImages.DataSet(format, 3);
        byte[][] samples = [.. Enumerable.Range(0, 3).Select(i => TestImages.Samples(format, i))];
        TestImages.Encapsulate(dataSet, [0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0], samples.Select(s => new JpegLosslessEncoder().Encode(s, format)));
        Assert.Equal(samples, TestImages.ReadAll(FrameReader.Open(dataSet, Lossless)));
    }

    [Fact]
    public void A_single_frame_may_have_many_fragments()
    {
        var format = TestImages.Format(20, 20, 1, 16, "MONOCHROME2");
        var dataSet = TestImages.DataSet(format, 1);
        var samples = TestImages.Samples(format, 0);
        var stream = new JpegLosslessEncoder().Encode(samples, format);
        TestImages.Encapsulate(dataSet, [], [stream[..100], stream[100..202], stream[202..]]);
        Assert.Equal(samples, FrameReader.Open(dataSet, Lossless).Read(0));
    }

    [Fact]
    public void More_codestreams_than_frames_are_refused()
    {
        var (dataSet, _) = TwoFramesInThreeFragments(withTable: false, endsInMarker: true);
        dataSet.Remove(DicomTags.NumberOfFrames);
        Refuses(dataSet, Baseline);
    }

    [Fact]
    public void Fewer_fragments_than_frames_are_refused()
    {
        var (dataSet, _) = TwoFramesInThreeFragments(withTable: true, endsInMarker: false);
        dataSet.SetString(DicomTags.NumberOfFrames, VR.IS, "4");
        Refuses(dataSet, Baseline);
    }

    [Fact]
    public void Native_data_shorter_than_its_frames_are_refused()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(4, 4, 1, 8, "MONOCHROME2"), 2);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[30]));
        Refuses(dataSet, TransferSyntax.ExplicitLittleEndian);
    }

    [Theory]
    [InlineData(0, 4, 8, "MONOCHROME2", 1)]
    [InlineData(4, 0, 8, "MONOCHROME2", 1)]
    [InlineData(4, 4, 12, "MONOCHROME2", 1)]
    [InlineData(4, 4, 8, "RGB", 1)]
    [InlineData(4, 4, 8, "MONOCHROME2", 3)]
    [InlineData(65535, 65535, 16, "MONOCHROME2", 1)]
    public void What_makes_no_image_is_refused(int rows, int columns, int bits, string photometricInterpretation, int samples)
    {
        var dataSet = TestImages.DataSet(TestImages.Format(rows, columns, samples, bits, photometricInterpretation), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[1000]));
        Refuses(dataSet, TransferSyntax.ExplicitLittleEndian);
    }

    [Fact]
    public void A_huge_frame_declared_over_a_few_bytes_is_refused_before_memory_is_taken()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(20000, 20000, 1, 16, "MONOCHROME2"), 1);
        TestImages.Encapsulate(dataSet, [], [new byte[500]]);
        var reader = FrameReader.Open(dataSet, TestImages.Syntax(TransferSyntaxCodecs.RleLossless));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFormatException>(() => reader.Read(0));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void Zero_or_unreadable_numbers_of_frames_are_refused()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(4, 4, 1, 8, "MONOCHROME2"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[16]));
        foreach (var count in new[] { "0", "-1", "1A", "99999999999" })
        {
            dataSet.SetString(DicomTags.NumberOfFrames, VR.IS, count);
            Refuses(dataSet, TransferSyntax.ExplicitLittleEndian);
        }
    }

    [Fact]
    public void Syntaxes_without_a_decoder_are_refused()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(4, 4, 1, 8, "MONOCHROME2"), 1);
        TestImages.Encapsulate(dataSet, [], [new byte[64]]);
        // MPEG2 main level, JPEG XL lossless, HTJ2K lossless.
        foreach (var uid in new[] { "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.201" })
        {
            if (TransferSyntax.Find(uid) is { } syntax)
            {
                Refuses(dataSet, syntax);
            }
        }
    }

    private static FrameReader Open(DicomDataSet dataSet) => FrameReader.Open(dataSet, TransferSyntax.ExplicitLittleEndian);

    private static void Refuses(DicomDataSet dataSet, TransferSyntax syntax) =>
        Assert.Throws<DicomFormatException>(() => FrameReader.Open(dataSet, syntax));

    // The first frame is cut in two. Without the end marker only a table tells where the second frame begins.
    private static (DicomDataSet DataSet, byte[][] Frames) TwoFramesInThreeFragments(bool withTable, bool endsInMarker)
    {
        var gray = new JpegFixture("baseline-gray");
        byte[] other = JpegRedactor.Redact(gray.Codestream, [new PixelBox(0, 0, 9, 9)], [], [0]);
        var dataSet = TestImages.DataSet(gray.Format, 2);
        byte[] whole = JpegMetadata.Remove(gray.Codestream);
        int end = whole.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xD9]);
        byte[] first = endsInMarker ? whole : [.. whole[..end], .. new byte[whole.Length - end]];
        byte[] table = withTable ? [0, 0, 0, 0, (byte)(first.Length + 16), (byte)((first.Length + 16) >> 8), 0, 0] : [];
        TestImages.Encapsulate(dataSet, table, [first[..200], first[200..], other]);
        return (dataSet, [JpegDecoderTests.Decode(gray.Codestream, gray.Format), JpegDecoderTests.Decode(other, gray.Format)]);
    }
}
