using System.Buffers.Binary;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg2000;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

public sealed class Jpeg2000Tests
{
    [Theory]
    [InlineData(1, 1, 8, 1, false)]
    [InlineData(1, 70, 8, 1, false)]
    [InlineData(70, 1, 12, 1, true)]
    [InlineData(63, 65, 8, 1, false)]
    [InlineData(200, 130, 8, 3, false)]
    [InlineData(90, 91, 2, 1, false)]
    [InlineData(90, 91, 6, 1, true)]
    [InlineData(129, 140, 12, 1, true)]
    [InlineData(129, 140, 16, 1, true)]
    [InlineData(77, 64, 16, 3, false)]
    public void Gives_back_what_was_encoded(int rows, int columns, int bits, int samples, bool isSigned)
    {
        var format = SyntheticFrame.Format(rows, columns, bits, samples, isSigned);
        var frame = SyntheticFrame.Create(format, seed: bits);

        Assert.Equal(frame, Decode(new Jpeg2000Encoder().Encode(frame, format), format));
    }

    [Fact]
    public void Uses_the_colour_transform_where_the_photometric_interpretation_says_so()
    {
        var transformed = SyntheticFrame.Format(80, 80, 8, samples: 3, photometric: "YBR_RCT");
        var frame = SyntheticFrame.Create(transformed, seed: 2);

        var stream = new Jpeg2000Encoder().Encode(frame, transformed);

        Assert.Equal(1, stream[StyleAt(stream) + 8]);
        Assert.Equal(frame, Decode(stream, transformed));
        Assert.Equal(0, new Jpeg2000Encoder().Encode(frame, transformed with { PhotometricInterpretation = "RGB" })[StyleAt(stream) + 8]);
    }

    [Fact]
    public void Keeps_overlay_bits_above_the_stored_bits()
    {
        var format = SyntheticFrame.Format(16, 16, 12);
        var frame = SyntheticFrame.Create(format, seed: 4);
        frame[101] |= 0x80;

        Assert.Equal(frame, Decode(new Jpeg2000Encoder().Encode(frame, format), format));
    }

    [Fact]
    public void Extends_the_sign_of_samples_that_the_stream_calls_unsigned()
    {
        var format = SyntheticFrame.Format(1, 2, 12);
        var stream = new Jpeg2000Encoder().Encode([0xFF, 0x0F, 0x01, 0x00], format);

        Assert.Equal([0xFF, 0xFF, 0x01, 0x00], Decode(stream, format with { IsSigned = true }));
    }

    [Fact]
    public void Tolerates_the_boxes_of_a_file()
    {
        var format = SyntheticFrame.Format(20, 20, 8);
        var frame = SyntheticFrame.Create(format, seed: 1);
        var stream = new Jpeg2000Encoder().Encode(frame, format);

        Assert.Equal(frame, Decode(Boxed(stream), format));
    }

    [Fact]
    public void Removes_comments_wherever_they_are_and_no_byte_of_a_packet()
    {
        var format = SyntheticFrame.Format(30, 30, 8);
        var stream = new Jpeg2000Encoder().Encode(SyntheticFrame.Create(format, seed: 3), format);
        byte[] comment = [0xFF, 0x64, 0, 8, 0, 1, 0x44, 0x6F, 0x65, 0x5E];
        var start = stream.AsSpan().IndexOf<byte>([0xFF, 0x90]);
        byte[] commented = [.. stream[..start], .. comment, .. stream[start..(start + 12)], .. comment, .. stream[(start + 12)..], 0x44, 0x6F];
        var length = commented.AsSpan(start + comment.Length + 6);
        BinaryPrimitives.WriteInt32BigEndian(length, BinaryPrimitives.ReadInt32BigEndian(length) + comment.Length);

        Assert.Equal(stream, Jpeg2000Codestream.WithoutComments(commented));
        Assert.Equal(stream, Jpeg2000Codestream.WithoutComments(Boxed(commented)));
    }

    [Fact]
    public void Refuses_another_size_than_the_data_set_says_before_anything_is_allocated()
    {
        var format = SyntheticFrame.Format(4, 4, 8);
        var stream = new Jpeg2000Encoder().Encode(new byte[16], format);
        BinaryPrimitives.WriteInt32BigEndian(stream.AsSpan(8), 65535);
        BinaryPrimitives.WriteInt32BigEndian(stream.AsSpan(12), 65535);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFormatException>(() => Decode(stream, format));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(28, 1)]
    public void Refuses_more_tiles_than_the_stream_can_hold(int at, int tileSize)
    {
        var format = SyntheticFrame.Format(1, 60000, 8);
        var stream = new Jpeg2000Encoder().Encode(new byte[60000], format);
        BinaryPrimitives.WriteInt32BigEndian(stream.AsSpan(at), tileSize);

        var failure = Record.Exception(() => Decode(stream, format));

        Assert.Equal(at == 24, failure is DicomFormatException);
    }

    [Fact]
    public void Refuses_more_layers_than_the_tile_can_hold()
    {
        var format = SyntheticFrame.Format(64, 64, 8);
        var stream = new Jpeg2000Encoder().Encode(new byte[4096], format);
        BinaryPrimitives.WriteUInt16BigEndian(stream.AsSpan(StyleAt(stream) + 6), 65535);

        Assert.Throws<DicomFormatException>(() => Decode(stream, format));
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(12, 1)]
    public void Refuses_every_truncation(int bits, int samples)
    {
        var format = SyntheticFrame.Format(17, 21, bits, samples);
        var stream = new Jpeg2000Encoder().Encode(SyntheticFrame.Create(format, seed: 5), format);
        var end = stream.AsSpan().LastIndexOf<byte>([0xFF, 0xD9]);
        for (var length = 0; length < end; length++)
        {
            Assert.Throws<DicomFormatException>(() => Decode(stream[..length], format));
        }
    }

    private static int StyleAt(byte[] stream) => stream.AsSpan().IndexOf<byte>([0xFF, 0x52]);

    private static byte[] Boxed(byte[] stream)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, stream.Length + 8);
        return
        [
            0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A,
            0, 0, 0, 12, 0x78, 0x6D, 0x6C, 0x20, 0x44, 0x6F, 0x65, 0x5E,
            .. length, 0x6A, 0x70, 0x32, 0x63, .. stream,
        ];
    }

    private static byte[] Decode(byte[] stream, FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        new Jpeg2000Decoder().Decode(stream, format, frame);
        return frame;
    }
}
