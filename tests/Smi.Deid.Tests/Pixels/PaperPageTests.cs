using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Examination;
using Smi.Deid.Samples;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Forms and handwriting drawn here, and pictures that are none.</summary>
public sealed class PaperPageTests
{
    private const int Width = 640;
    private const int Height = 800;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    public void A_form_that_was_filled_in_by_hand_is_a_page(int seed, int noise) => Assert.True(IsPage(Form(seed, noise)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_sheet_of_handwriting_is_a_page_though_it_holds_no_print(int seed)
    {
        var page = Paper(seed, 3);
        Write(page, seed, lines: 9);

        Assert.True(IsPage(page));
    }

    [Fact]
    public void A_page_of_MONOCHROME1_is_a_page()
    {
        byte[] negative = [.. Form(1, 2).Pixels.Select(value => (byte)(255 - value))];

        Assert.NotNull(PaperPage.Of(GrayImage.FromBytes(Width, Height, negative), isInverted: true));
        Assert.Null(PaperPage.Of(GrayImage.FromBytes(Width, Height, negative), isInverted: false));
    }

    [Fact]
    public void An_empty_sheet_is_none() => Assert.False(IsPage(Paper(1, 3)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_subtracted_angiogram_of_dark_vessels_is_none(int seed)
    {
        var picture = new BitmapText(Width, Height).WithNoise(200, 24, seed);
        Write(picture, seed, lines: 6);

        Assert.False(IsPage(picture));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_radiograph_on_a_light_ground_is_none(int seed)
    {
        var picture = Paper(seed, 2);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            double x = ((i % Width) - 320) / 240.0, y = ((i / Width) - 400) / 330.0;
            var depth = 1 - (x * x) - (y * y);
            picture.Pixels[i] = depth > 0 ? (byte)(picture.Pixels[i] - (170 * Math.Sqrt(depth))) : picture.Pixels[i];
        }

        picture.Burn("R", 560, 40, 4, 10);
        Assert.False(IsPage(picture));
    }

    [Fact]
    public void No_image_of_the_sample_hospital_is_one()
    {
        var seen = 0;
        foreach (var sample in SampleHospital.Make(1).Where(sample => sample.DataSet.Contains(DicomTags.PixelData)))
        {
            var reader = FrameReader.Open(sample.DataSet, sample.Syntax);
            var picture = FramePictures.Of(reader.Read(0), reader.Format, Palette.For(sample.DataSet, reader.Format))[0].Picture;
            Assert.True(PaperPage.Of(picture, reader.Format.PhotometricInterpretation == "MONOCHROME1") is null, sample.RelativePath);
            seen++;
        }

        Assert.InRange(seen, 5, int.MaxValue);
    }

    [Theory]
    [InlineData(WholeImageDecision.Regions)]
    [InlineData(WholeImageDecision.Redact)]
    [InlineData(WholeImageDecision.Refuse)]
    public void What_becomes_of_handwriting_is_what_the_policy_says(WholeImageDecision decision)
    {
        var page = Paper(7, 2);
        Write(page, 7, lines: 8);
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), page.Pixels);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal, new PixelPolicy { WholeImage = decision });

        Assert.Equal(decision == WholeImageDecision.Refuse, refusal is not null);
        Assert.Equal(decision == WholeImageDecision.Regions, context.Report.Notes.Any(note => note.StartsWith("1 of 1 frames look like pages", StringComparison.Ordinal)));
        if (decision == WholeImageDecision.Redact)
        {
            Assert.Single(PixelWork.Frame(context, 0).Distinct());
            Assert.StartsWith("detector: ", Assert.Single(context.Report.Regions).Source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_that_shows_in_brightness_and_in_colour_counts_once()
    {
        PixelBox[] boxes = [new(0, 0, 50, 40), new(0, 0, 50, 40), new(2, 0, 52, 40)];

        Assert.False(new FrameFinding(boxes, IsPage: false).IsCovered(0.25, new PixelBox(0, 0, 100, 100)));
        Assert.True(new FrameFinding([.. boxes, new PixelBox(0, 90, 100, 100)], IsPage: false).IsCovered(0.25, new PixelBox(0, 0, 100, 100)));
    }

    private static bool IsPage(BitmapText picture) => PaperPage.Of(GrayImage.FromBytes(Width, Height, picture.Pixels), isInverted: false) is not null;

    private static BitmapText Paper(int seed, int noise) => new BitmapText(Width, Height).WithNoise(238, noise, seed);

    /// <summary>Print, ruled lines and boxes, and ink on them.</summary>
    private static BitmapText Form(int seed, int noise)
    {
        var page = Paper(seed, noise);
        for (var line = 0; line < 8; line++)
        {
            page.Burn("NAME ADDRESS"[..(4 + line)], 30, 40 + (90 * line), 2, 30);
            for (var x = 200; x < 600; x++)
            {
                page.Pixels[((60 + (90 * line)) * Width) + x] = 60;
            }
        }

        Write(page, seed, lines: 4);
        return page;
    }

    /// <summary>Loops along lines, as a pen makes them: not the same twice, two to three pixels wide.</summary>
    private static void Write(BitmapText page, int seed, int lines)
    {
        var random = new Random(seed);
        for (var line = 0; line < lines; line++)
        {
            double y = 70 + ((Height - 140) * line / lines), phase = random.NextDouble() * 6;
            for (double at = 0; at < 100; at += 0.01)
            {
                var size = 9 + (4 * Math.Sin((at * 0.7) + phase));
                var (x, rise) = (60 + (at * 5) + (size * Math.Cos(at * 2.4)), size * Math.Sin((at * 2.4) + Math.Sin(at + phase)));
                // A pen is lifted between words.
                if (Math.Sin((at * 0.6) + phase) > -0.6)
                {
                    Dot(page, (int)x, (int)(y + rise));
                }
            }
        }
    }

    private static void Dot(BitmapText page, int x, int y)
    {
        for (var i = 0; i < 4; i++)
        {
            page.Pixels[((y + (i / 2)) * Width) + x + (i % 2)] = 40;
        }
    }
}
