using System.Buffers.Binary;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;

namespace Smi.Dicom.Tests.Codecs;

public sealed class JpegDecoderTests
{
    public static TheoryData<string> LossyFixtures => new(JpegFixture.Lossy);

    public static TheoryData<string> LosslessFixtures => new(JpegFixture.Lossless);

    [Theory]
    [MemberData(nameof(LossyFixtures))]
    public void Decodes_lossy_frames_within_one_level_of_the_reference_decoder(string name)
    {
        var fixture = new JpegFixture(name);
        byte[] reference = fixture.Reference();
        byte[] frame = Decode(fixture.Codestream, fixture.Format);
        Assert.Equal(reference.Length, frame.Length);
        Assert.True(LargestDifference(reference, frame, fixture.Format) <= 1);
    }

    [Theory]
    [MemberData(nameof(LosslessFixtures))]
    public void Decodes_lossless_frames_exactly(string name)
    {
        var fixture = new JpegFixture(name);
        Assert.Equal(fixture.Formula(), Decode(fixture.Codestream, fixture.Format));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(9, false)]
    [InlineData(0, false)]
    public void Restart_intervals_and_separate_scans_make_no_difference(int restartInterval, bool isInterleaved)
    {
        CoefficientStream plain = Colour(0, true, (2, 2));
        byte[] expected = Decode(plain.Write(), Format(plain));
        Assert.Equal(expected, Decode(Colour(restartInterval, isInterleaved, (2, 2)).Write(), Format(plain)));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    [InlineData(3, 3)]
    public void Flat_subsampled_chroma_stays_flat_at_full_size(int h, int v)
    {
        var stream = new CoefficientStream
        {
            Columns = 51,
            Rows = 43,
            Sampling = [(h, v), (1, 1), (1, 1)],
            Block = (component, _, _) => Flat(component * 20),
        };
        byte[] frame = Decode(stream.Write(), Format(stream));
        for (int i = 0; i < frame.Length; i++)
        {
            Assert.Equal(128 + i % 3 * 10, frame[i]);
        }
    }

    [Fact]
    public void Transforms_blocks_as_the_definition_of_the_inverse_dct_says()
    {
        var random = new Random(7);
        short[] block = [.. Enumerable.Range(0, 64).Select(k => (short)random.Next(-40 / (1 + k / 8), 40 / (1 + k / 8)))];
        var stream = new CoefficientStream { Columns = 8, Rows = 8, Sampling = [(1, 1)], Block = (_, _, _) => block };
        byte[] frame = Decode(stream.Write(), Format(stream));
        for (int i = 0; i < 64; i++)
        {
            Assert.InRange(frame[i] - DefinedSample(block, stream.Divisor, i % 8, i / 8), -0.51, 0.51);
        }
    }

    [Fact]
    public void A_gray_frame_with_sampling_factors_is_in_raster_order()
    {
        var odd = new CoefficientStream { Columns = 20, Rows = 20, Sampling = [(2, 2)], Block = (_, c, r) => Flat(10 * c + 30 * r) };
        var plain = new CoefficientStream { Columns = 20, Rows = 20, Sampling = [(1, 1)], Block = (_, c, r) => Flat(10 * c + 30 * r) };
        Assert.Equal(Decode(plain.Write(), Format(plain)), Decode(odd.Write(), Format(odd)));
    }

    [Fact]
    public void Signed_samples_of_fewer_bits_are_sign_extended()
    {
        var unsigned = new JpegFixture("lossless-point-transform");
        byte[] before = Decode(unsigned.Codestream, unsigned.Format);
        byte[] after = Decode(unsigned.Codestream, unsigned.Format with { IsSigned = true });
        for (int i = 0; i < before.Length; i += 2)
        {
            int value = BinaryPrimitives.ReadInt16LittleEndian(before.AsSpan(i));
            Assert.Equal(value >= 2048 ? value - 4096 : value, BinaryPrimitives.ReadInt16LittleEndian(after.AsSpan(i)));
        }
    }

    [Fact]
    public void Refuses_a_frame_that_is_not_as_the_data_set_says()
    {
        var fixture = new JpegFixture("baseline-gray");
        Refuses(fixture.Codestream, fixture.Format with { Rows = fixture.Format.Rows + 1 });
        Refuses(fixture.Codestream, fixture.Format with { Columns = fixture.Format.Columns - 1 });
        Refuses(fixture.Codestream, fixture.Format with { SamplesPerPixel = 3 });
        var deep = new JpegFixture("extended-12");
        Refuses(deep.Codestream, deep.Format with { BitsAllocated = 8, BitsStored = 8 });
    }

    [Fact]
    public void Refuses_a_huge_frame_in_a_small_stream()
    {
        byte[] codestream = [.. new JpegFixture("baseline-gray").Codestream];
        int frameHeader = codestream.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        codestream.AsSpan(frameHeader + 5, 4).Fill(0x7F);
        var format = new JpegFixture("baseline-gray").Format with { Rows = 0x7F7F, Columns = 0x7F7F };
        var error = Assert.Throws<DicomFormatException>(() => JpegRedactor.Redact(codestream, [], [], [0]));
        Assert.Contains("more samples", error.Message);
        var header = JpegFrameHeader.Parse(0xC0, codestream.AsSpan(frameHeader + 4, 9));
        header.Require(format);
        Assert.Throws<DicomFormatException>(() => header.RequirePlausible(codestream.Length));
    }

    [Fact]
    public void Refuses_a_component_without_a_scan()
    {
        byte[] codestream = Colour(0, false, (1, 1)).Write();
        int lastScan = codestream.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xDA]);
        Refuses([.. codestream[..lastScan], 0xFF, 0xD9], Format(Colour(0, false, (1, 1))));
    }

    [Fact]
    public void Every_truncation_is_refused_or_lacks_only_the_end_of_image()
    {
        foreach (JpegFixture fixture in JpegFixture.All)
        {
            byte[] whole = Decode(fixture.Codestream, fixture.Format);
            for (int length = 0; length < fixture.Codestream.Length; length++)
            {
                byte[]? frame = TryDecode(fixture.Codestream[..length], fixture.Format);
                if (frame is not null && !fixture.Name.StartsWith("progressive") && !fixture.Name.StartsWith("spectral"))
                {
                    Assert.Equal(whole, frame);
                }
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Damaged_streams_end_in_a_frame_or_a_format_exception()
    {
        await Task.Run(
            () =>
            {
                var random = new Random(20);
                foreach (JpegFixture fixture in JpegFixture.All)
                {
                    for (int i = 0; i < 400; i++)
                    {
                        TryDecode(Damage(fixture.Codestream, random), fixture.Format);
                    }
                }
            },
            TestContext.Current.CancellationToken);
    }

    internal static byte[] Damage(byte[] source, Random random)
    {
        byte[] damaged = [.. source];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            damaged[random.Next(damaged.Length)] = random.Next(4) == 0 ? (byte)0xFF : (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    private static CoefficientStream Colour(int restartInterval, bool isInterleaved, (int, int) luma) => new()
    {
        Columns = 75,
        Rows = 50,
        Sampling = [luma, (1, 1), (1, 1)],
        RestartInterval = restartInterval,
        IsInterleaved = isInterleaved,
        Block = (component, column, row) => Textured(component, column, row),
    };

    internal static short[] Textured(int component, int column, int row)
    {
        var random = new Random(component * 10007 + column * 101 + row);
        var block = new short[64];
        block[0] = (short)random.Next(-150, 150);
        for (int i = 0; i < 6; i++)
        {
            block[random.Next(1, 64)] = (short)random.Next(-9, 10);
        }

        return block;
    }

    internal static short[] Flat(int dc)
    {
        var block = new short[64];
        block[0] = (short)dc;
        return block;
    }

    internal static FrameFormat Format(CoefficientStream stream) => new()
    {
        Rows = stream.Rows,
        Columns = stream.Columns,
        SamplesPerPixel = stream.Sampling.Length,
        BitsAllocated = 8,
        BitsStored = 8,
        PhotometricInterpretation = stream.Sampling.Length == 1 ? "MONOCHROME2" : "YBR_FULL",
    };

    internal static byte[] Decode(byte[] codestream, FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        new JpegDecoder().Decode(codestream, format, frame);
        return frame;
    }

    private static byte[]? TryDecode(byte[] codestream, FrameFormat format)
    {
        try
        {
            return Decode(codestream, format);
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static void Refuses(byte[] codestream, FrameFormat format) =>
        Assert.Throws<DicomFormatException>(() => Decode(codestream, format));

    private static int LargestDifference(byte[] expected, byte[] actual, FrameFormat format)
    {
        int largest = 0;
        for (int i = 0; i < expected.Length; i += format.BytesPerSample)
        {
            largest = Math.Max(largest, Math.Abs(Sample(expected, i) - Sample(actual, i)));
        }

        return largest;

        int Sample(byte[] frame, int at) =>
            format.BytesPerSample == 1 ? frame[at] : BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(at));
    }

    // T.81 A.3.3, as it is written there.
    private static double DefinedSample(short[] zigzag, int divisor, int x, int y)
    {
        double sum = 0;
        for (int k = 0; k < 64; k++)
        {
            (int v, int u) = Math.DivRem((int)Zigzag.ToNatural[k], 8);
            double scale = (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4;
            sum += scale * zigzag[k] * divisor * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
        }

        return Math.Clamp(sum + 128, 0, 255);
    }
}
