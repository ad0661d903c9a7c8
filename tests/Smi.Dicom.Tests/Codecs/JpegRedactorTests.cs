using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Codecs;

public sealed class JpegRedactorTests
{
    [Fact]
    public void No_box_on_the_frame_leaves_every_byte()
    {
        byte[] codestream = new JpegFixture("baseline-420").Codestream;
        Assert.Equal(codestream, JpegRedactor.Redact(codestream, [new PixelBox(100, 100, 120, 120), new PixelBox(5, 5, 5, 9)], [], [0, 128, 128]));
    }

    [Theory]
    [InlineData(1, 1, 0, true)]
    [InlineData(2, 1, 0, true)]
    [InlineData(2, 2, 0, true)]
    [InlineData(2, 2, 1, true)]
    [InlineData(2, 2, 2, false)]
    [InlineData(1, 1, 5, true)]
    public void Blocks_outside_keep_their_coefficients_and_those_inside_are_flat(int h, int v, int restartInterval, bool isInterleaved)
    {
        CoefficientStream stream = Colour(h, v, restartInterval, isInterleaved, JpegDecoderTests.Textured);
        byte[] source = stream.Write();
        var before = CoefficientReader.Read(source);
        var after = CoefficientReader.Read(JpegRedactor.Redact(source, [new PixelBox(20, 17, 41, 30)], [], [0, 128, 128]));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        foreach (((int component, int column, int row), short[] block) in after)
        {
            (int across, int down) = component == 0 ? (8, 8) : (8 * h, 8 * v);
            var place = new PixelBox(column * across, row * down, (column + 1) * across, (row + 1) * down);
            // The box in whole blocks of 8 × 8 pixels; a block of chroma may lie under several of them.
            var grown = new PixelBox(16, 16, 48, 32);
            if (grown.Intersects(place) && !grown.Contains(place))
            {
                continue;
            }

            short[] expected = grown.Contains(place) ? JpegDecoderTests.Flat(component == 0 ? -128 * 8 / stream.Divisor : 0) : before[(component, column, row)];
            Assert.Equal(expected, block);
        }
    }

    [Theory]
    [InlineData("baseline-gray")]
    [InlineData("baseline-rgb")]
    [InlineData("extended-12")]
    public void A_whole_box_shows_exactly_the_blank_level(string name)
    {
        var fixture = new JpegFixture(name);
        int samples = fixture.Format.SamplesPerPixel;
        int white = (1 << fixture.Format.BitsStored) - 1;
        foreach (int level in new[] { 0, white })
        {
            byte[] redacted = JpegRedactor.Redact(fixture.Codestream, [new PixelBox(3, 5, 22, 19)], [], [.. Enumerable.Repeat(level, samples)]);
            byte[] frame = JpegDecoderTests.Decode(redacted, fixture.Format);
            for (int i = 0; i < frame.Length / fixture.Format.BytesPerSample; i++)
            {
                (int y, int x) = Math.DivRem(i / samples, JpegFixture.Columns);
                if (x is >= 3 and < 22 && y is >= 5 and < 19)
                {
                    Assert.Equal(level, fixture.Format.BytesPerSample == 1 ? frame[i] : frame[2 * i] | frame[2 * i + 1] << 8);
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 0, true)]
    [InlineData(2, 1, 3, true)]
    [InlineData(2, 2, 0, false)]
    public void Only_blocks_on_the_edge_of_an_exact_box_are_quantised_again(int h, int v, int restartInterval, bool isInterleaved)
    {
        CoefficientStream stream = Colour(h, v, restartInterval, isInterleaved, JpegDecoderTests.Textured);
        byte[] source = stream.Write();
        var box = new PixelBox(16, 5, 44, 27);
        var before = CoefficientReader.Read(source);
        var after = CoefficientReader.Read(JpegRedactor.Redact(source, [], [box], [0, 128, 128]));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        foreach (((int component, int column, int row), short[] block) in after)
        {
            (int across, int down) = component == 0 ? (8, 8) : (8 * h, 8 * v);
            var place = new PixelBox(column * across, row * down, (column + 1) * across, (row + 1) * down);
            if (box.Contains(place))
            {
                Assert.Equal(JpegDecoderTests.Flat(component == 0 ? -128 * 8 / stream.Divisor : 0), block);
            }
            else if (!box.Intersects(place))
            {
                Assert.Equal(before[(component, column, row)], block);
            }
        }
    }

    [Theory]
    [InlineData("baseline-gray")]
    [InlineData("baseline-rgb")]
    [InlineData("extended-12")]
    public void An_exact_box_ends_at_its_pixels(string name)
    {
        var fixture = new JpegFixture(name);
        int samples = fixture.Format.SamplesPerPixel;
        byte[] before = JpegDecoderTests.Decode(fixture.Codestream, fixture.Format);
        byte[] after = JpegDecoderTests.Decode(JpegRedactor.Redact(fixture.Codestream, [], [new PixelBox(0, 0, 21, 13)], [.. Enumerable.Repeat(0, samples)]), fixture.Format);
        int range = 1 << fixture.Format.BitsStored;
        (double inside, double outside) = (0, 0);
        for (int i = 0; i < before.Length / fixture.Format.BytesPerSample; i++)
        {
            (int y, int x) = Math.DivRem(i / samples, JpegFixture.Columns);
            int Level(byte[] frame) => fixture.Format.BytesPerSample == 1 ? frame[i] : frame[2 * i] | frame[2 * i + 1] << 8;
            bool isInside = x < 21 && y < 13;
            inside += isInside ? Level(after) / (21.0 * 13 * samples) : 0;
            outside += isInside ? 0 : Math.Abs(Level(after) - Level(before)) / ((JpegFixture.Columns * JpegFixture.Rows - 21.0 * 13) * samples);
        }

        Assert.InRange(inside, 0, range / 64.0);
        Assert.InRange(outside, 0, range / 64.0);
    }

    [Fact]
    public void A_table_without_the_codes_needed_gets_them()
    {
        // Full blocks without an end-of-block code and DC differences of zero only: blanking needs both.
        short[] full = [20, .. Enumerable.Repeat((short)1, 63)];
        CoefficientStream stream = Colour(1, 1, 0, true, (_, _, _) => full);
        byte[] source = stream.Write();
        var after = CoefficientReader.Read(JpegRedactor.Redact(source, [new PixelBox(16, 16, 24, 24)], [], [0, 0, 0]));
        Assert.Equal(JpegDecoderTests.Flat(-256), after[(0, 2, 2)]);
        Assert.Equal(full, after[(0, 3, 2)]);
        Assert.Equal(full, after[(2, 0, 0)]);
    }

    [Fact]
    public void A_full_table_is_replaced_when_codes_are_missing()
    {
        byte[] counts = new byte[16];
        counts[0] = 1;
        counts[1] = 1;
        counts[2] = 2;
        var full = new HuffmanTable(counts, [1, 2, 3, 4]);
        var frequencies = new int[256];
        foreach (int symbol in new[] { 0, 1, 2, 3, 4 })
        {
            frequencies[symbol] = 5;
        }

        HuffmanTable table = SymbolStatistics.Complete(full, frequencies);
        Assert.All(new[] { 0, 1, 2, 3, 4 }, symbol => Assert.NotEqual(0, table.Codes[symbol].Length));
    }

    [Fact]
    public void Only_sequential_frames_can_be_redacted()
    {
        Assert.True(JpegRedactor.CanRedact(new JpegFixture("baseline-420").Codestream));
        Assert.True(JpegRedactor.CanRedact(new JpegFixture("extended-12").Codestream));
        Assert.False(JpegRedactor.CanRedact(new JpegFixture("progressive-gray").Codestream));
        Assert.False(JpegRedactor.CanRedact(new JpegFixture("lossless-1").Codestream));
        Assert.Throws<DicomFormatException>(
            () => JpegRedactor.Redact(new JpegFixture("progressive-gray").Codestream, [new PixelBox(0, 0, 9, 9)], [], [0]));
    }

    [Fact]
    public void Damaged_streams_are_refused_or_redacted_but_never_fail_otherwise()
    {
        var random = new Random(4);
        foreach (JpegFixture fixture in JpegFixture.All.Where(f => JpegRedactor.CanRedact(f.Codestream)))
        {
            for (int i = 0; i < 300; i++)
            {
                TryRedact(JpegDecoderTests.Damage(fixture.Codestream, random), fixture.Format);
            }
        }
    }

    private static void TryRedact(byte[] codestream, FrameFormat format)
    {
        try
        {
            JpegRedactor.Redact(codestream, [new PixelBox(3, 5, 22, 19)], [], new int[format.SamplesPerPixel]);
        }
        catch (DicomFormatException)
        {
            // Refusing is right.
        }
    }

    private static CoefficientStream Colour(int h, int v, int restartInterval, bool isInterleaved, Func<int, int, int, short[]> block) => new()
    {
        Columns = 75,
        Rows = 50,
        Sampling = [(h, v), (1, 1), (1, 1)],
        RestartInterval = restartInterval,
        IsInterleaved = isInterleaved,
        Block = block,
    };

}
