using System.Buffers.Binary;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using Smi.Dicom.Tests.Codecs;

namespace Smi.Dicom.Tests.Frames;

public sealed class FrameWriterTests
{
    private static readonly string Spool = Path.GetTempPath();

    public static TheoryData<int, int, string, int, bool> Layouts => new()
    {
        { 8, 1, "MONOCHROME2", 0, false },
        { 16, 1, "MONOCHROME1", 0, true },
        { 32, 1, "MONOCHROME2", 0, true },
        { 1, 1, "MONOCHROME2", 0, false },
        { 1, 1, "MONOCHROME2", 0, true },
        { 8, 3, "RGB", 0, true },
        { 8, 3, "RGB", 1, false },
        { 16, 3, "RGB", 1, true },
        { 8, 1, "PALETTE COLOR", 0, true },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_written_native_frame_reads_back_and_the_others_keep_their_bytes(
        int bits, int samples, string photometricInterpretation, int planar, bool isBigEndian)
    {
        var format = TestImages.Format(3, 7, samples, bits, photometricInterpretation, planar);
        var dataSet = TestImages.DataSet(format, 3);
        var value = new byte[(3 * 21 * samples * bits + 7) / 8];
        new Random(5).NextBytes(value);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OW, value));
        using var file = TestImages.WriteAndRead(dataSet, isBigEndian ? TransferSyntax.ExplicitBigEndian : TransferSyntax.ExplicitLittleEndian);
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        var expected = TestImages.ReadAll(reader);
        expected[1] = TestImages.Samples(reader.Format, 9);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.Keep();
        writer.WriteSamples(expected[1]);
        writer.Keep();
        using var written = Apply(writer, file);
        Assert.Equal(expected, TestImages.ReadAll(FrameReader.Open(written.DataSet, written.TransferSyntax)));
        Assert.Equal(file.TransferSyntax, written.TransferSyntax);
    }

    [Fact]
    public void Frames_all_kept_give_the_same_value()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(3, 7, 3, 8, "YBR_FULL_422"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, TestImages.Samples(TestImages.Format(1, 44, 1, 8, "MONOCHROME2"), 0)));
        using var file = TestImages.WriteAndRead(dataSet, TransferSyntax.ExplicitLittleEndian);
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.Keep();
        var element = Assert.IsType<ValueElement>(writer.Finish().Element);
        Assert.Equal(file.DataSet.FindValue(DicomTags.PixelData)?.Value.ToMemory().ToArray(), element.Value.ToMemory().ToArray());
    }

    [Fact]
    public void Shared_chroma_of_pixels_that_are_as_before_is_written_back_exactly()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(2, 6, 3, 8, "YBR_FULL_422"), 1);
        var value = TestImages.Samples(TestImages.Format(1, 24, 1, 8, "MONOCHROME2"), 0);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, value));
        using var file = TestImages.WriteAndRead(dataSet, TransferSyntax.ExplicitLittleEndian);
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.WriteSamples(reader.Read(0));
        Assert.Equal(value, Assert.IsType<ValueElement>(writer.Finish().Element).Value.ToMemory().ToArray());
    }

    [Theory]
    [InlineData(TransferSyntaxCodecs.RleLossless)]
    [InlineData(TransferSyntaxCodecs.JpegLossless)]
    [InlineData(TransferSyntaxCodecs.JpegLosslessFirstOrder)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless)]
    public void Lossless_frames_are_written_in_their_syntax_with_right_offsets(string uid)
    {
        var syntax = TestImages.Syntax(uid);
        var format = TestImages.Format(13, 11, 1, 16, "MONOCHROME2");
        using var file = Encapsulated(syntax, format, frames: 3, out var expected);
        var reader = FrameReader.Open(file.DataSet, syntax);
        expected[1] = TestImages.Samples(format, 77);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.Keep();
        writer.WriteSamples(expected[1]);
        writer.Keep();
        using var written = Apply(writer, file);
        Assert.Equal(expected, TestImages.ReadAll(FrameReader.Open(written.DataSet, syntax)));
        var element = Assert.IsType<EncapsulatedElement>(written.DataSet.Find(DicomTags.PixelData));
        var table = element.Fragments[0].ToMemory().Span;
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32LittleEndian(table));
        Assert.Equal(8 + element.Fragments[1].Length, BinaryPrimitives.ReadUInt32LittleEndian(table[4..]));
        Assert.Equal(16 + element.Fragments[1].Length + element.Fragments[2].Length, BinaryPrimitives.ReadUInt32LittleEndian(table[8..]));
    }

    [Theory]
    [InlineData("YBR_RCT")]
    [InlineData("RGB")]
    public void JPEG_2000_colour_is_written_with_the_transform_that_the_file_declares(string photometricInterpretation)
    {
        var syntax = TestImages.Syntax(TransferSyntaxCodecs.Jpeg2000Lossless);
        var format = TestImages.Format(13, 11, 3, 8, photometricInterpretation);
        using var file = Encapsulated(syntax, format, frames: 1, out _);
        var reader = FrameReader.Open(file.DataSet, syntax);
        var samples = TestImages.Samples(format, 5);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.WriteSamples(samples);
        using var written = Apply(writer, file);
        var back = FrameReader.Open(written.DataSet, syntax);
        Assert.Equal(samples, back.Read(0));
        Assert.Equal(photometricInterpretation, written.DataSet.GetString(DicomTags.PhotometricInterpretation));
        // COD: progression, layers, then the component transform.
        var stream = back.ReadCodestream(0).Span;
        var style = stream.IndexOf<byte>([0xFF, 0x52]);
        Assert.Equal(photometricInterpretation == "YBR_RCT" ? 1 : 0, stream[style + 8]);
    }

    [Fact]
    public void Extended_offset_tables_are_made_anew()
    {
        var syntax = TestImages.Syntax(TransferSyntaxCodecs.JpegLosslessFirstOrder);
        var format = TestImages.Format(13, 11, 1, 8, "MONOCHROME2");
        using var file = Encapsulated(syntax, format, frames: 2, out _, withTable: false);
        file.DataSet.Set(new ValueElement(DicomTags.ExtendedOffsetTable, VR.OV, new byte[16]));
        file.DataSet.Set(new ValueElement(DicomTags.ExtendedOffsetTableLengths, VR.OV, new byte[16]));
        var reader = FrameReader.Open(file.DataSet, syntax);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.WriteSamples(new byte[143]);
        writer.Keep();
        using var written = Apply(writer, file);
        var fragments = Assert.IsType<EncapsulatedElement>(written.DataSet.Find(DicomTags.PixelData)).Fragments;
        var offsets = written.DataSet.GetNumbers(DicomTags.ExtendedOffsetTable);
        var lengths = written.DataSet.GetNumbers(DicomTags.ExtendedOffsetTableLengths);
        Assert.Equal([0, 8 + fragments[1].Length], offsets);
        Assert.All(lengths.Zip(fragments.Skip(1)), pair => Assert.InRange(pair.First, pair.Second.Length - 1, pair.Second.Length));
        Assert.Equal(0, fragments[0].Length);
    }

    [Fact]
    public void Lossy_frames_become_native_with_their_history()
    {
        var fixture = new JpegFixture("baseline-420");
        var dataSet = TestImages.DataSet(fixture.Format with { PhotometricInterpretation = "YBR_FULL_422" }, 1);
        TestImages.Encapsulate(dataSet, [], [fixture.Codestream]);
        var syntax = TestImages.Syntax(TransferSyntaxCodecs.JpegBaseline);
        using var file = TestImages.WriteAndRead(dataSet, syntax);
        var reader = FrameReader.Open(file.DataSet, syntax);
        using var writer = FrameWriter.Native(reader, Spool);
        Assert.Throws<InvalidOperationException>(writer.Keep);
        var samples = reader.Read(0);
        writer.WriteSamples(samples);
        using var written = Apply(writer, file);
        Assert.Equal(TransferSyntax.ExplicitLittleEndian, written.TransferSyntax);
        Assert.Equal("YBR_FULL", written.DataSet.GetString(DicomTags.PhotometricInterpretation));
        Assert.Equal("01", written.DataSet.GetString(DicomTags.LossyImageCompression));
        Assert.Equal(samples, FrameReader.Open(written.DataSet, written.TransferSyntax).Read(0));
    }

    [Theory]
    [InlineData("progressive-420", TransferSyntaxCodecs.JpegFullProgression, "YBR_FULL")]
    [InlineData("baseline-444", TransferSyntaxCodecs.JpegBaseline, "YBR_FULL")]
    [InlineData("baseline-rgb", TransferSyntaxCodecs.JpegBaseline, "RGB")]
    public void Lossy_frames_declared_RGB_become_what_their_codestream_says(string name, string uid, string photometricInterpretation)
    {
        var fixture = new JpegFixture(name);
        var dataSet = TestImages.DataSet(fixture.Format with { PhotometricInterpretation = "RGB" }, 1);
        TestImages.Encapsulate(dataSet, [], [fixture.Codestream]);
        using var file = TestImages.WriteAndRead(dataSet, TestImages.Syntax(uid));
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        using var writer = FrameWriter.Native(reader, Spool);
        writer.WriteSamples(reader.Read(0));
        using var written = Apply(writer, file);
        Assert.Equal(photometricInterpretation, written.DataSet.GetString(DicomTags.PhotometricInterpretation));
    }

    [Theory]
    [InlineData(TransferSyntaxCodecs.JpegLossless, 16)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless, 16)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless, 12)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless, 16)]
    public void Lossless_frames_keep_the_bits_of_the_codestream_whatever_is_stored(string uid, int bits)
    {
        var syntax = TestImages.Syntax(uid);
        var format = TestImages.Format(4, 4, 1, 16, "MONOCHROME2") with { BitsStored = 12, HighBit = 11, IsSigned = true };
        byte[] samples = [.. Enumerable.Range(0, 16).SelectMany(i => BitConverter.GetBytes((short)(i - 8)))];
        var codestream = TransferSyntaxCodecs.FindEncoder(syntax)?.Encode(samples, format with { BitsStored = bits, HighBit = bits - 1 }) ?? [];
        var dataSet = TestImages.DataSet(format, 1);
        TestImages.Encapsulate(dataSet, [], [codestream]);
        using var file = TestImages.WriteAndRead(dataSet, syntax);
        using var writer = FrameWriter.InSyntaxOf(FrameReader.Open(file.DataSet, syntax), Spool);
        Assert.Equal(bits, TransferSyntaxCodecs.FindPrecision(syntax, writer.Encode(samples)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Smallest_and_largest_values_go_when_values_changed(bool areOthers)
    {
        var dataSet = TestImages.DataSet(TestImages.Format(2, 2, 1, 8, "MONOCHROME2"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[] { 9, 8, 7, 6 }));
        uint[] extremes = [0x00280106, 0x00280107, 0x00280108, 0x00280109, 0x00280110, 0x00280111];
        foreach (var extreme in extremes)
        {
            dataSet.SetUInt16(new DicomTag(extreme), 6);
        }

        using var file = TestImages.WriteAndRead(dataSet, TransferSyntax.ExplicitLittleEndian);
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        using var writer = FrameWriter.InSyntaxOf(reader, Spool);
        writer.WriteSamples(new byte[4]);
        using var written = Apply(writer, file, areOthers);
        Assert.All(extremes, extreme => Assert.Equal(!areOthers, written.DataSet.Contains(new DicomTag(extreme))));
    }

    [Fact]
    public void Many_frames_go_through_a_file_that_has_no_name()
    {
        var folder = Directory.CreateTempSubdirectory("frames").FullName;
        try
        {
            using var spool = new FrameSpool(folder);
            var slices = Enumerable.Range(0, 10).Select(i => spool.Add(Filled(i))).ToArray();
            Assert.Empty(Directory.GetFileSystemEntries(folder));
            for (var i = 0; i < slices.Length; i++)
            {
                Assert.Equal(10 << 20, slices[i].Length);
                Assert.Equal(-1, slices[i].ToMemory().Span.IndexOfAnyExcept((byte)i));
            }
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static byte[] Filled(int value)
    {
        var bytes = new byte[10 << 20];
        bytes.AsSpan().Fill((byte)value);
        return bytes;
    }

    private static DicomFile Encapsulated(TransferSyntax syntax, FrameFormat format, int frames, out byte[][] samples, bool withTable = true)
    {
        var dataSet = TestImages.DataSet(format, frames);
        samples = [.. Enumerable.Range(0, frames).Select(i => TestImages.Samples(format, i))];
        var encoder = TransferSyntaxCodecs.FindEncoder(syntax) ?? throw new InvalidOperationException("There is no encoder.");
        byte[][] streams = [.. samples.Select(s => encoder.Encode(s, format))];
        var table = new byte[withTable ? 4 * frames : 0];
        for (int i = 1, offset = 0; i < frames && withTable; i++)
        {
            offset += 8 + streams[i - 1].Length;
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4 * i), offset);
        }

        TestImages.Encapsulate(dataSet, table, streams);
        return TestImages.WriteAndRead(dataSet, syntax);
    }

    private static DicomFile Apply(FrameWriter writer, DicomFile source, bool areValuesOthers = true)
    {
        var edited = source.DataSet.Copy();
        var rewritten = writer.Finish();
        rewritten.ApplyTo(edited, areValuesOthers);
        return TestImages.WriteAndRead(edited, rewritten.Syntax);
    }
}
