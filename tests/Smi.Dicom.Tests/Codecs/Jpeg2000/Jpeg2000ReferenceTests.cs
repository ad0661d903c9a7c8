using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg2000;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

/// <summary>Streams of another encoder, with the pictures as formulas.</summary>
public sealed class Jpeg2000ReferenceTests
{
    [Theory]
    [InlineData(ReferenceStreams.Tiles)]
    [InlineData(ReferenceStreams.Layers)]
    [InlineData(ReferenceStreams.ResolutionPosition)]
    [InlineData(ReferenceStreams.RegionOfInterest)]
    [InlineData(ReferenceStreams.ProgressionChange)]
    [InlineData(ReferenceStreams.PackedHeadersMain)]
    [InlineData(ReferenceStreams.PackedHeadersTile)]
    public void Decodes_whatever_order_and_place_packets_have(string stream)
    {
        Assert.Equal(Picture(20, 24, 1), Decode(stream, ReferenceStreams.Format(8)));
    }

    [Fact]
    public void Decodes_colour_by_position_and_undoes_its_transform()
    {
        Assert.Equal(Picture(12, 16, 3), Decode(ReferenceStreams.PositionComponent, SyntheticFrame.Format(12, 16, 8, samples: 3)));
    }

    [Theory]
    [InlineData(ReferenceStreams.BlockStyles)]
    [InlineData(ReferenceStreams.Bypass)]
    public void Decodes_every_style_of_code_blocks(string stream)
    {
        var original = SyntheticFrame.From(18, 20, 1, (x, y, _) => ((x * x * 3) + (y * 67) + (x * y * 5)) % 4096, twoBytes: true);

        Assert.Equal(original, Decode(stream, SyntheticFrame.Format(18, 20, 12)));
    }

    [Fact]
    public void Decodes_the_irreversible_filter_within_one_level()
    {
        var decoded = Decode(ReferenceStreams.Irreversible, ReferenceStreams.Format(8));

        Assert.All(Picture(20, 24, 1).Zip(decoded), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void Decodes_the_irreversible_colour_transform_within_two_levels()
    {
        var decoded = Decode(ReferenceStreams.IrreversibleColour, SyntheticFrame.Format(16, 16, 8, samples: 3));

        Assert.All(Picture(16, 16, 3).Zip(decoded), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void Decodes_the_same_with_several_threads()
    {
        var format = SyntheticFrame.Format(18, 20, 12);
        var frame = new byte[format.FrameLength];
        new Jpeg2000Decoder(parallelism: 4).Decode(Convert.FromHexString(ReferenceStreams.BlockStyles), format, frame);

        Assert.Equal(Decode(ReferenceStreams.BlockStyles, format), frame);
    }

    [Theory]
    [InlineData(ReferenceStreams.Tiles)]
    [InlineData(ReferenceStreams.Layers)]
    [InlineData(ReferenceStreams.ProgressionChange)]
    [InlineData(ReferenceStreams.PackedHeadersTile)]
    [InlineData(ReferenceStreams.Irreversible)]
    public void Refuses_every_truncation(string stream)
    {
        var format = ReferenceStreams.Format(8);
        for (var length = 0; length < (stream.Length / 2) - 4; length++)
        {
            Assert.Throws<DicomFormatException>(() => Decode(stream[..(2 * length)], format));
        }
    }

    [Theory]
    [InlineData(ReferenceStreams.Tiles, 8)]
    [InlineData(ReferenceStreams.BlockStyles, 12)]
    [InlineData(ReferenceStreams.Layers, 8)]
    [InlineData(ReferenceStreams.ProgressionChange, 8)]
    [InlineData(ReferenceStreams.PackedHeadersMain, 8)]
    [InlineData(ReferenceStreams.Irreversible, 8)]
    public void Decodes_or_refuses_whatever_the_bytes_are(string hex, int bits)
    {
        var stream = Convert.FromHexString(hex);
        var format = ReferenceStreams.Format(bits);
        var random = new Random(stream.Length);
        for (var round = 0; round < 600; round++)
        {
            var damaged = stream.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(round % 2 == 0 ? 120 : damaged.Length)] = (byte)random.Next(256);
            }

            var failure = Record.Exception(() => Decode(Convert.ToHexString(damaged), format));
            Assert.True(failure is null or DicomFormatException, failure?.ToString());
        }
    }

    private static byte[] Picture(int rows, int columns, int samples) =>
        SyntheticFrame.From(rows, columns, samples, (x, y, sample) => ((x * 9) + (y * 5) + (sample * 40) + (x * y & 7)) % 256);

    private static byte[] Decode(string stream, FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        new Jpeg2000Decoder().Decode(Convert.FromHexString(stream), format, frame);
        return frame;
    }
}
