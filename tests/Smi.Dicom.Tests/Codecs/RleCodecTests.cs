using System.Buffers.Binary;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Tests.Codecs;

public sealed class RleCodecTests
{
    private static readonly FrameFormat Words = new()
    {
        Rows = 2,
        Columns = 3,
        SamplesPerPixel = 1,
        BitsAllocated = 16,
        BitsStored = 16,
        PhotometricInterpretation = "MONOCHROME2",
    };

    [Fact]
    public void Puts_the_most_significant_bytes_first()
    {
        byte[] codestream = Stream([unchecked((byte)-5), 0x12, 0], [2, 1, 2, 3, 2, 4, 5, 6]);
        Assert.Equal([1, 0x12, 2, 0x12, 3, 0x12, 4, 0x12, 5, 0x12, 6, 0x12], Decode(codestream, Words));
    }

    [Fact]
    public void Passes_no_operations_and_padding()
    {
        byte[] codestream = Stream([0x80, unchecked((byte)-5), 9, 0, 0], [0x80, 0x80, 5, 1, 2, 3, 4, 5, 6, 77, 77]);
        Assert.Equal([1, 9, 2, 9, 3, 9, 4, 9, 5, 9, 6, 9], Decode(codestream, Words));
    }

    [Fact]
    public void Runs_do_not_cross_rows()
    {
        byte[] codestream = new RleCodec().Encode(new byte[6], Words with { BitsAllocated = 8 });
        Assert.Equal([unchecked((byte)-2), 0, unchecked((byte)-2), 0], codestream[64..]);
    }

    [Fact]
    public void Refuses_segments_that_end_early_or_lie_outside()
    {
        Refuses(Stream([unchecked((byte)-4), 9], [5, 1, 2, 3, 4, 5, 6]));
        Refuses(Stream([unchecked((byte)-5), 9], [5, 1, 2, 3]));
        Refuses(Stream([unchecked((byte)-5), 9]));
        byte[] outside = Stream([unchecked((byte)-5), 9], [5, 1, 2, 3, 4, 5, 6]);
        BinaryPrimitives.WriteUInt32LittleEndian(outside.AsSpan(8), 0xFFFFFFF0);
        Refuses(outside);
        Refuses(outside[..40]);
    }

    [Fact]
    public void A_stream_without_slack_stays_as_it_is()
    {
        byte[] samples = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        byte[] codestream = new RleCodec().Encode(samples, Words);
        Assert.Equal(codestream, new RleCodec().WithoutSlack(codestream, Words));
        byte[] byRuns = Stream([unchecked((byte)-5), 0x12], [2, 1, 2, 3, 2, 4, 5, 6]);
        Assert.Equal(byRuns, new RleCodec().WithoutSlack(byRuns, Words));
    }

    [Fact]
    public void Bytes_that_no_sample_comes_from_are_taken_out()
    {
        byte[] high = [unchecked((byte)-5), 0x12];
        byte[] low = [5, 1, 2, 3, 4, 5, 6, 0];
        byte[] inHeader = Stream(high, low);
        inHeader[40] = (byte)'E';
        byte[][] slack =
        [
            inHeader,
            Stream([.. high, .. "DOE"u8, 0], low),
            Stream(high, [.. low[..7], .. "DOE"u8]),
            Stream(high, [8, 1, 2, 3, 4, 5, 6, .. "DOE"u8]),
        ];
        foreach (byte[] codestream in slack)
        {
            byte[] bare = new RleCodec().WithoutSlack(codestream, Words);
            Assert.Equal(-1, bare.AsSpan().IndexOf((byte)'E'));
            Assert.Equal(Decode(codestream, Words), Decode(bare, Words));
        }
    }

    [Fact]
    public void Damaged_streams_are_refused_or_decoded_but_never_fail_otherwise()
    {
        var random = new Random(3);
        byte[] samples = new byte[30 * 20 * 2];
        random.NextBytes(samples.AsSpan(300, 500));
        FrameFormat format = Words with { Rows = 20, Columns = 30 };
        byte[] codestream = new RleCodec().Encode(samples, format);
        for (int i = 0; i < 3000; i++)
        {
            TryDecode(JpegDecoderTests.Damage(codestream, random), format);
        }
    }

    private static void TryDecode(byte[] codestream, FrameFormat format)
    {
        try
        {
            Decode(codestream, format);
            new RleCodec().WithoutSlack(codestream, format);
        }
        catch (DicomFormatException)
        {
            // Refusing is right.
        }
    }

    private static byte[] Stream(params byte[][] segments)
    {
        var header = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(header, segments.Length);
        int at = 64;
        for (int i = 0; i < segments.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 + 4 * i), at);
            at += segments[i].Length;
        }

        return [.. header, .. segments.SelectMany(s => s)];
    }

    private static byte[] Decode(byte[] codestream, FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        new RleCodec().Decode(codestream, format, frame);
        return frame;
    }

    private static void Refuses(byte[] codestream) => Assert.Throws<DicomFormatException>(() => Decode(codestream, Words));
}
