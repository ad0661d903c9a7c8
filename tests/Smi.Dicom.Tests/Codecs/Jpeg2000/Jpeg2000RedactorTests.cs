using System.Globalization;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg2000;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

/// <summary>Boxes of reversible frames in every coding style: the box is blank, all else as it was, for another decoder too, and what lies far away keeps its bytes.</summary>
public sealed class Jpeg2000RedactorTests
{
    private static readonly PixelBox s_box = new(150, 9, 201, 22);

    [Theory]
    [InlineData("-p LRCP", 8, 1, false)]
    [InlineData("-p RLCP -r 20,8,3,1", 8, 1, false)]
    [InlineData("-p RPCL -c [64,64],[32,32] -b 16,16", 12, 1, false)]
    [InlineData("-p PCRL -c [128,64],[64,64],[32,64] -r 10,1", 8, 3, false)]
    [InlineData("-p CPRL -c [32,32] -b 8,32", 8, 3, false)]
    [InlineData("-p LRCP -n 1", 8, 1, false)]
    [InlineData("-p RLCP -n 2 -t 70,50", 12, 1, true)]
    [InlineData("-p PCRL -n 4 -t 128,128 -c [64,64] -r 30,10,1 -SOP -EPH", 16, 1, true)]
    [InlineData("-n 3 -d 17,9 -T 5,3 -t 90,64 -b 32,32", 8, 3, false)]
    [InlineData("-n 4 -t 100,100 -TP R", 8, 1, false)]
    [InlineData("-n 6 -t 300,202 -M 32", 8, 1, false)] // Signals of one sample at an odd place.
    [InlineData("-n 4 -r 10,1 -TP L -PLT", 12, 3, false)]
    [InlineData("-b 32,32 -M 1", 12, 1, false)]
    [InlineData("-b 32,32 -M 2", 8, 1, false)]
    [InlineData("-b 32,32 -M 4", 12, 1, false)]
    [InlineData("-b 32,32 -M 5", 16, 1, false)]
    [InlineData("-b 32,32 -M 8", 8, 3, false)]
    [InlineData("-b 16,64 -M 16", 12, 1, false)]
    [InlineData("-b 32,32 -M 32", 16, 1, true)]
    [InlineData("-b 64,16 -M 21 -r 20,5,1", 12, 1, true)]
    [InlineData("-b 32,32 -M 63 -r 8,1", 16, 1, false)]
    [InlineData("-mct 0 -b 32,32", 8, 3, false)]
    [InlineData("-POC T0=0,0,1,3,3,LRCP/T0=3,0,1,6,3,CPRL", 8, 3, false)]
    public void Blanks_a_box_in_the_coding_of_the_source(string options, int bits, int samples, bool isSigned)
    {
        var format = SyntheticFrame.Format(205, 230, bits, samples, isSigned);
        var frame = SyntheticFrame.Create(format, seed: 7);
        var source = OpenJpeg.Compress(frame, format, options);
        Assert.Equal(frame, Decode(source, format));

        var redacted = Jpeg2000Redactor.Redact(source, format, [s_box], Blank(format));

        Assert.NotNull(redacted);
        Blank(frame, format, [s_box]);
        Assert.Equal(frame, Decode(redacted, format));
        Assert.Equal(frame, OpenJpeg.Decompress(redacted, format));
        RequireKept(source, redacted, format, s_box);
        Assert.Equal(Segments(source, format), Segments(redacted, format));
    }

    /// <summary>SMI_CODED_STREAMS: how many (eng/long.sh coded_streams).</summary>
    [Fact]
    public void Blanks_boxes_in_any_coding()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("SMI_CODED_STREAMS") ?? "12", CultureInfo.InvariantCulture);
        var made = 0;
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var format = SyntheticFrame.Format(
                random.Next(20, 300), random.Next(20, 300), random.Next(2) == 0 ? 8 : random.Next(9, 17), samples: random.Next(3) == 0 ? 3 : 1, isSigned: random.Next(3) == 0);
            var frame = SyntheticFrame.Create(format, seed);
            var options = RandomCoding.Options(random);
            var boxes = RandomCoding.Boxes(random, format);
            if (OpenJpeg.TryCompress(frame, format, options) is not { } source || !OpenJpeg.Decompress(source, format).AsSpan().SequenceEqual(frame))
            {
                // Some options together it cannot do, or does wrong.
                continue;
            }

            made++;
            var redacted = Jpeg2000Redactor.Redact(source, format, boxes, Blank(format));

            Assert.True(redacted is not null, $"seed {seed}, {options}");
            Blank(frame, format, boxes);
            Assert.True(frame.AsSpan().SequenceEqual(Decode(redacted, format)), $"seed {seed}, {options}");
            Assert.True(frame.AsSpan().SequenceEqual(OpenJpeg.Decompress(redacted, format)), $"seed {seed}, {options}, read by OpenJPEG");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{made} of {count} streams were made, blanked and read");
        Assert.InRange(made, count / 2, count);
    }

    [Theory]
    [InlineData(ReferenceStreams.Tiles, 8)]
    [InlineData(ReferenceStreams.Layers, 8)]
    [InlineData(ReferenceStreams.ResolutionPosition, 8)]
    [InlineData(ReferenceStreams.ProgressionChange, 8)]
    [InlineData(ReferenceStreams.PackedHeadersMain, 8)]
    [InlineData(ReferenceStreams.PackedHeadersTile, 8)]
    [InlineData(ReferenceStreams.BlockStyles, 12)]
    [InlineData(ReferenceStreams.Bypass, 12)]
    public void Blanks_a_box_wherever_packets_lie(string hex, int bits)
    {
        var format = ReferenceStreams.Format(bits);
        var source = Convert.FromHexString(hex);
        for (var at = 0; at < 16; at++)
        {
            PixelBox[] boxes = [new(at, at, at + 1 + (at / 3), at + 1), new(19 - at, 2, 40, 3)];
            var expected = Decode(source, format);
            Blank(expected, format, boxes);

            var redacted = Jpeg2000Redactor.Redact(source, format, boxes, Blank(format));

            Assert.NotNull(redacted);
            Assert.Equal(expected, Decode(redacted, format));
        }
    }

    [Fact]
    public void Blanks_boxes_of_any_place_and_size()
    {
        var random = new Random(3);
        for (var round = 0; round < 60; round++)
        {
            var format = SyntheticFrame.Format(random.Next(1, 160), random.Next(1, 160), random.Next(6, 17), round % 4 == 0 ? 3 : 1, isSigned: round % 3 == 1, photometric: round % 8 == 0 ? "YBR_RCT" : null);
            var frame = SyntheticFrame.Create(format, round);
            var source = new Jpeg2000Encoder().Encode(frame, format);
            var boxes = RandomCoding.Boxes(random, format);

            var redacted = Jpeg2000Redactor.Redact(source, format, boxes, Blank(format));

            Assert.NotNull(redacted);
            Assert.Equal(0, redacted.Length % 2);
            Blank(frame, format, boxes);
            Assert.Equal(frame, Decode(redacted, format));
        }
    }

    [Fact]
    public void Keeps_the_bytes_of_code_blocks_away_from_the_box()
    {
        var format = SyntheticFrame.Format(512, 512, 8);
        var source = new Jpeg2000Encoder().Encode(SyntheticFrame.Create(format, seed: 1), format);

        var redacted = Jpeg2000Redactor.Redact(source, format, [new PixelBox(8, 8, 200, 30)], [0]);

        Assert.NotNull(redacted);
        RequireKept(source, redacted, format, new PixelBox(8, 8, 200, 30));
        var (before, after) = (CodedBlocks.Of(source, format), CodedBlocks.Of(redacted, format));
        Assert.InRange(before.Count(block => after[block.Key] == block.Value), before.Count * 2 / 3, before.Count - 6);
    }

    [Theory]
    [InlineData("-I -r 5", 5)]
    [InlineData("-ROI c=0,U=4", 5)]
    [InlineData("-r 20", 5)]
    [InlineData("-n 3", 256)]
    [InlineData("-n 3", -1)]
    public void Leaves_to_others_what_it_cannot_blank_without_loss(string options, int blank)
    {
        var format = SyntheticFrame.Format(205, 230, 8);
        var source = OpenJpeg.Compress(SyntheticFrame.Create(format, seed: 7), format, options);

        Assert.Null(Jpeg2000Redactor.Redact(source, format with { BitsAllocated = 16 }, [s_box], [blank]));
    }

    [Theory]
    [InlineData(ReferenceStreams.Tiles, 8)]
    [InlineData(ReferenceStreams.BlockStyles, 12)]
    [InlineData(ReferenceStreams.Bypass, 12)]
    [InlineData(ReferenceStreams.Layers, 8)]
    [InlineData(ReferenceStreams.ProgressionChange, 8)]
    [InlineData(ReferenceStreams.PackedHeadersMain, 8)]
    [InlineData(ReferenceStreams.PackedHeadersTile, 8)]
    public void Passes_nothing_that_the_decoder_refuses_and_changes_nothing_else(string hex, int bits)
    {
        var stream = Convert.FromHexString(hex);
        var format = ReferenceStreams.Format(bits);
        var random = new Random(stream.Length);
        var passed = 0;
        for (var round = 0; round < 600; round++)
        {
            var damaged = round % 6 == 0 ? stream[..random.Next(stream.Length - 2)] : stream.ToArray();
            for (var change = random.Next(1, 4); change > 0 && damaged.Length > 0; change--)
            {
                damaged[random.Next(round % 4 == 0 ? Math.Min(120, damaged.Length) : damaged.Length)] = (byte)random.Next(256);
            }

            byte[]? decoded = null, redacted = null;
            var refusal = Record.Exception(() => decoded = Decode(damaged, format));
            var failure = Record.Exception(() => redacted = Jpeg2000Redactor.Redact(damaged, format, [new PixelBox(1, 2, 6, 5)], [5]));
            Assert.True(failure is null or DicomFormatException, failure?.ToString());
            if (redacted is null)
            {
                continue;
            }

            Assert.True(decoded is not null, $"round {round}: {refusal}");
            Blank(decoded, format, [new PixelBox(1, 2, 6, 5)]);
            Assert.Equal(decoded, Decode(redacted, format));
            passed++;
        }

        Assert.InRange(passed, 10, 590);
    }

    [Fact]
    public void Takes_no_memory_for_a_million_empty_code_blocks()
    {
        var format = SyntheticFrame.Format(4096, 4096, 8);
        var frame = new byte[format.FrameLength];
        frame.AsSpan().Fill(128);
        var source = new Jpeg2000Encoder().Encode(frame, format);
        source.AsSpan(source.AsSpan().IndexOf<byte>([0xFF, 0x52]) + 10, 2).Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(Jpeg2000Redactor.Redact(source, format, [s_box], [0]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(frame, Decode(source, format));
    }

    [Fact]
    public void Leaves_comments_and_boxes_out()
    {
        var format = SyntheticFrame.Format(40, 40, 8);
        var source = OpenJpeg.Compress(SyntheticFrame.Create(format, seed: 1), format, "-C Doe^Jane");
        Assert.True(source.AsSpan().IndexOf("Doe^Jane"u8) > 0);

        var redacted = Jpeg2000Redactor.Redact(source, format, [new PixelBox(1, 1, 9, 9)], [0]);

        Assert.NotNull(redacted);
        Assert.True(redacted.AsSpan().IndexOf("Doe^Jane"u8) < 0);
        Assert.Equal(redacted, Jpeg2000Codestream.WithoutComments(redacted));
    }

    private static byte[] Decode(byte[] stream, FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        new Jpeg2000Decoder().Decode(stream, format, frame);
        return frame;
    }

    /// <summary>Some value of each component, as a sample of the frame has it.</summary>
    private static long[] Blank(FrameFormat format) =>
        [.. Enumerable.Range(0, format.SamplesPerPixel).Select(component => format.IsSigned ? component - 3L : 5L + component)];

    private static void Blank(byte[] frame, FrameFormat format, IEnumerable<PixelBox> boxes)
    {
        foreach (var box in boxes.Select(box => box.ClippedTo(format.Columns, format.Rows)))
        {
            for (var y = box.Top; y < box.Bottom; y++)
            {
                for (var at = ((y * format.Columns) + box.Left) * format.SamplesPerPixel; at < ((y * format.Columns) + box.Right) * format.SamplesPerPixel; at++)
                {
                    var value = Blank(format)[at % format.SamplesPerPixel];
                    frame[at * format.BytesPerSample] = (byte)value;
                    if (format.BytesPerSample == 2)
                    {
                        frame[(2 * at) + 1] = (byte)(value >> 8);
                    }
                }
            }
        }
    }

    /// <summary>Code-blocks further from the box than any coefficient can be that changes with it have their bytes; some others have not.</summary>
    private static void RequireKept(byte[] source, byte[] redacted, FrameFormat format, PixelBox box)
    {
        var (before, after) = (CodedBlocks.Of(source, format), CodedBlocks.Of(redacted, format));
        var image = Codestream.Read(source, format).Size.Image;
        var onGrid = new PixelBox(box.Left + image.X0, box.Top + image.Y0, box.Right + image.X0, box.Bottom + image.Y0);
        Assert.Equal(before.Keys, after.Keys);
        var far = before.Where(block => !block.Key.Pixels.Intersects(onGrid.Grown(4 * block.Key.Scale))).ToList();
        Assert.NotEmpty(far);
        Assert.All(far, block => Assert.Equal(block.Value, after[block.Key]));
        Assert.Contains(before, block => after[block.Key] != block.Value);
    }

    /// <summary>Of the main header, what says how tiles are coded.</summary>
    private static List<string> Segments(byte[] stream, FrameFormat format)
    {
        var bytes = Codestream.Read(stream, format).HeaderSegments.ConvertAll(segment => Convert.ToHexString(stream.AsSpan()[segment]));
        Assert.InRange(bytes.Count, 3, 10);
        return bytes;
    }
}
