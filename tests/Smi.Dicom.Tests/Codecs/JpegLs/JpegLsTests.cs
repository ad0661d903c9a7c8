using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.JpegLs;

namespace Smi.Dicom.Tests.Codecs.JpegLs;

public sealed class JpegLsTests
{
    private static readonly Func<int, int, int, int> s_colour =
        (x, y, sample) => sample switch { 0 => x * 30 % 256, 1 => y * 40 % 256, _ => x * y * 5 % 256 };

    [Theory]
    [InlineData(1, 1, 8, 1, false)]
    [InlineData(40, 57, 8, 1, false)]
    [InlineData(57, 40, 8, 3, false)]
    [InlineData(33, 65, 2, 1, false)]
    [InlineData(33, 65, 6, 1, true)]
    [InlineData(64, 48, 10, 1, false)]
    [InlineData(64, 48, 12, 1, true)]
    [InlineData(64, 48, 16, 1, true)]
    [InlineData(31, 80, 16, 3, false)]
    public void Gives_back_what_was_encoded(int rows, int columns, int bits, int samples, bool isSigned)
    {
        var format = SyntheticFrame.Format(rows, columns, bits, samples, isSigned);
        var frame = SyntheticFrame.Create(format, seed: bits);

        Assert.Equal(frame, Decode(new JpegLsEncoder().Encode(frame, format), format));
    }

    [Fact]
    public void Keeps_overlay_bits_above_the_stored_bits()
    {
        var format = SyntheticFrame.Format(16, 16, 12);
        var frame = SyntheticFrame.Create(format, seed: 4);
        frame[101] |= 0x80;

        Assert.Equal(frame, Decode(new JpegLsEncoder().Encode(frame, format), format));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    public void Writes_an_even_number_of_bytes_ending_in_the_end_marker(int bits)
    {
        for (var columns = 1; columns < 9; columns++)
        {
            var format = SyntheticFrame.Format(3, columns, bits);
            var stream = new JpegLsEncoder().Encode(SyntheticFrame.Create(format, columns), format);

            Assert.Equal(0, stream.Length % 2);
            Assert.Equal([0xFF, 0xD9], stream[^2..]);
        }
    }

    [Fact]
    public void Decodes_twelve_bits_of_another_encoder()
    {
        var stream = "FFD8FFF7000B100006000901011100FFF8000D01FFFF0012004301140040FFDA0008010100000000A0AC1582B04E1183E1B0560044A9E96230E6"
            + "AEE81F491B20044AA51A690895299C1E581CF60044AA51A69269CC8B2C094853EC0112A9469849472C365BE35E8D80224526D2C920C607FD11CC56F4FFD9";

        Assert.Equal(
            SyntheticFrame.From(6, 9, 1, (x, y, _) => ((x * x * y * 37) + (x * 11)) % 4096, twoBytes: true),
            Decode(Convert.FromHexString(stream), SyntheticFrame.Format(6, 9, 12)));
    }

    [Theory]
    [InlineData("FFD8FFF70011080006000903011100021100031100FFDA00080101000000008000E000772DDAB362BE4AF97FAFF7FF7FFFDA0008010200000000FE00000F2BE0"
        + "00013FCBBFCB3FCABFC0FFDA0008010300000000FE94A5FD2FEC302021440214090C080338D00CE00D20A6083C50916B8849A2468C1EFFD9")]
    [InlineData("FFD8FFF70011080006000903011100021100031100FFDA000C030100020003000001008000E000772DDAB362BFFF7C95F02FBAEB2AAA8A30D252FECE31BFC0000131"
        + "6B5AD6B5A181010A2010A04BFC5D4A5294A5290C080338D00CE00DFF16666665554829820F14245BFE555555555571093448D183C0FFFFD9")]
    public void Decodes_colour_in_separate_scans_and_by_line(string stream)
    {
        Assert.Equal(SyntheticFrame.From(6, 9, 3, s_colour), Decode(Convert.FromHexString(stream), SyntheticFrame.Format(6, 9, 8, samples: 3)));
    }

    [Fact]
    public void Decodes_near_lossless_colour_by_pixel_within_its_deviation()
    {
        var stream = "FFD8FFF70011080006000903011100021100031100FFDA000C0301000200030002020080A40741E7D3AF4E9E0000EA3AF5F4EBD7AA700AE58585C5858B16"
            + "0C8B1516174C2A161615DEE68B13266C4C148E7162C4C0B1A89810FFD900";

        var decoded = Decode(Convert.FromHexString(stream), SyntheticFrame.Format(6, 9, 8, samples: 3));

        Assert.All(SyntheticFrame.From(6, 9, 3, s_colour).Zip(decoded), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void Decodes_with_preset_thresholds()
    {
        var stream = "FFD8FFF7000B080006000901011100FFF8000D0100FF0004000900100040FFDA0008010100010000981800C797111B214924B9088482418000005D8811022307"
            + "3186219CCECC010022539C8D8500FFD9";

        var decoded = Decode(Convert.FromHexString(stream), SyntheticFrame.Format(6, 9, 8));

        var original = SyntheticFrame.From(6, 9, 1, (x, y, _) => ((x * x * 7) + (y * y * 3)) % 256);
        Assert.All(original.Zip(decoded), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void Starts_afresh_at_each_restart_marker()
    {
        var whole = SyntheticFrame.Format(21, 30, 8);
        var part = SyntheticFrame.Format(7, 30, 8);
        var frame = SyntheticFrame.Create(whole, seed: 9);
        var stream = new List<byte>(Convert.FromHexString("FFD8FFDD00040007FFF7000B080015001E01011100FFDA0008010100000000"));
        for (var interval = 0; interval < 3; interval++)
        {
            var coded = new JpegLsEncoder().Encode(frame.AsSpan(interval * 210, 210), part);
            var scan = coded.AsSpan(coded.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]) + 10);
            stream.AddRange(scan[..scan.IndexOf([(byte)0xFF, (byte)0xD9])].TrimEnd((byte)0xFF));
            stream.AddRange([0xFF, interval == 2 ? (byte)0xD9 : (byte)(0xD0 + interval)]);
        }

        Assert.Equal(frame, Decode([.. stream], whole));
    }

    [Fact]
    public void Removes_comments_and_application_segments_and_no_other_byte()
    {
        var format = SyntheticFrame.Format(20, 20, 8, samples: 3);
        var stream = new JpegLsEncoder().Encode(SyntheticFrame.Create(format, seed: 3), format);
        byte[] commented =
        [
            0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0x44, 0x6F, 0x65, 0x5E, 0xFF, 0xFE, 0, 5, 0x4A, 0x61, 0x6E, .. stream.AsSpan(2), 0x44, 0x6F, 0x65,
        ];

        Assert.Equal(stream, JpegLsCodestream.WithoutComments(commented));
    }

    [Fact]
    public void Keeps_a_stream_without_comments_that_a_byte_behind_its_end_makes_even()
    {
        var format = SyntheticFrame.Format(20, 20, 8, samples: 3);
        var written = Enumerable.Range(0, 20).Select(seed => new JpegLsEncoder().Encode(SyntheticFrame.Create(format, seed), format))
            .First(stream => stream.AsSpan().EndsWith<byte>([0xFF, 0xFF, 0xD9]));
        byte[] stream = [.. written[..^3], 0xFF, 0xD9, 0];

        Assert.Equal(stream, JpegLsCodestream.WithoutComments(stream));
    }

    [Theory]
    [InlineData("FFD8FFF7000BFF")]
    [InlineData("FFD8FFF7000B08FFFFFFFF01011100FFDA000801010000000080")]
    [InlineData("FFD8FFF7000B080006000901011200FFDA000801010000000080")]
    [InlineData("FFD8FFDA000801010000000080")]
    [InlineData("FFD8FFF7000B080006000901011100FFF8000301FFDA000801010000000080")]
    [InlineData("FFD8FFE800076D72667801FFF7000B080006000901011100FFDA000801010000000080")]
    [InlineData("FFD8FFF7000B080006000901011100FFD9")]
    public void Refuses_what_is_not_a_complete_stream_of_this_frame(string stream)
    {
        Assert.Throws<DicomFormatException>(() => Decode(Convert.FromHexString(stream), SyntheticFrame.Format(6, 9, 8)));
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(12, 1)]
    public void Refuses_every_truncation(int bits, int samples)
    {
        var format = SyntheticFrame.Format(9, 11, bits, samples);
        var stream = new JpegLsEncoder().Encode(SyntheticFrame.Create(format, seed: 5), format);
        var end = stream.AsSpan().LastIndexOfAnyExcept((byte)0xFF, (byte)0xD9);
        for (var length = 0; length < end - 1; length++)
        {
            Assert.Throws<DicomFormatException>(() => Decode(stream[..length], format));
        }
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(16, 1)]
    public void Decodes_or_refuses_whatever_the_bytes_are(int bits, int samples)
    {
        var format = SyntheticFrame.Format(24, 31, bits, samples);
        var stream = new JpegLsEncoder().Encode(SyntheticFrame.Create(format, seed: 6), format);
        var random = new Random(bits + samples);
        for (var round = 0; round < 400; round++)
        {
            var damaged = stream.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(round % 2 == 0 ? 40 : damaged.Length)] = (byte)random.Next(256);
            }

            var failure = Record.Exception(() => Decode(damaged, format));
            Assert.True(failure is null or DicomFormatException, failure?.ToString());
        }
    }

    private static byte[] Decode(byte[] stream, FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        new JpegLsDecoder().Decode(stream, format, frame);
        return frame;
    }
}
