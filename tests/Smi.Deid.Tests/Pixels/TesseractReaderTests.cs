using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class TesseractReaderTests
{
    private const int Width = 320;
    private const int Height = 200;

    [Theory]
    [InlineData(230)]
    [InlineData(10)]
    public void Reads_light_and_dark_text_and_says_that_it_read_all(byte ink)
    {
        using var reader = Reader();
        var picture = new BitmapText(Width, Height).WithNoise(110, 3, 1);
        var box = Burn(picture, "RIB 12", 40, 40, ink);

        var text = reader.Read(GrayImage.FromBytes(Width, Height, picture.Pixels), box);

        Assert.Equal("RIB 12", text.Text);
        Assert.True(text.IsComplete);
    }

    [Fact]
    public void Does_not_claim_to_have_read_a_region_with_something_else_in_it()
    {
        using var reader = Reader();
        var picture = new BitmapText(Width, Height).WithNoise(110, 3, 1);
        var box = Burn(picture, "RIB", 40, 40, 230);
        for (var i = 0; i < 400; i++)
        {
            picture.Pixels[((80 + (i / 20)) * Width) + 50 + (i % 20)] = 230;
        }

        var text = reader.Read(GrayImage.FromBytes(Width, Height, picture.Pixels), box with { Bottom = 110 });

        Assert.False(text is { IsComplete: true, Text: "RIB" });
    }

    [Fact]
    public void Keeps_an_allowed_text_of_an_image_blanks_another_and_reports_both()
    {
        using var reader = Reader();
        var picture = new BitmapText(Width, Height).WithNoise(110, 3, 1);
        var allowed = Burn(picture, "HEAD FIRST", 30, 30, 230);
        var name = Burn(picture, "ROBERTSON", 30, 130, 230);
        var policy = new PixelPolicy { Reading = new ReadingPolicy { Allowed = OcrAllowList.Parse("list", ["HEAD FIRST"]), LeastConfidence = 50 } };

        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height), picture.Pixels), TransferSyntax.ExplicitLittleEndian, out _, policy, textReader: reader);

        var result = PixelWork.Frame(context, 0);
        Assert.Equal(Inside(picture.Pixels, allowed), Inside(result, allowed));
        Assert.DoesNotContain((byte)230, Inside(result, name));
        Assert.Equal("allow-list", Assert.Single(context.Report.Kept).Source);
        Assert.Equal("Tesseract", context.Report.Reader);
        Assert.All(context.Report.Regions, region => Assert.Equal("detector", region.Source));
    }

    [Fact]
    public void Blanks_the_name_of_the_header_though_the_list_allows_all()
    {
        using var reader = Reader();
        var picture = new BitmapText(Width, Height).WithNoise(110, 3, 1);
        var allowed = Burn(picture, "HEAD FIRST", 30, 30, 230);
        var name = Burn(picture, "ROBERTSON", 30, 130, 230);
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), picture.Pixels);
        image.SetString(DicomTags.PatientName, VR.PN, "Robertson^Anna");
        var policy = new PixelPolicy { Reading = new ReadingPolicy { Allowed = OcrAllowList.Parse("list", [".*"]), LeastConfidence = 0 } };

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _, policy, textReader: reader);

        var result = PixelWork.Frame(context, 0);
        Assert.Equal(Inside(picture.Pixels, allowed), Inside(result, allowed));
        Assert.DoesNotContain((byte)230, Inside(result, name));
    }

    [Fact]
    public void Blanks_everything_and_says_so_when_there_is_no_reader()
    {
        var picture = new BitmapText(Width, Height).WithNoise(110, 3, 1);
        var allowed = Burn(picture, "HEAD FIRST", 30, 30, 230);
        var policy = new PixelPolicy { Reading = new ReadingPolicy { Allowed = OcrAllowList.Parse("list", ["HEAD FIRST"]) } };

        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height), picture.Pixels), TransferSyntax.ExplicitLittleEndian, out _, policy);

        Assert.DoesNotContain((byte)230, Inside(PixelWork.Frame(context, 0), allowed));
        Assert.Contains(context.Report.Notes, note => note.Contains(TesseractReader.HowToInstall, StringComparison.Ordinal));
    }

    private static TesseractReader Reader()
    {
        var reader = TesseractReader.Find();
        Assert.SkipWhen(reader is null, $"Tesseract is not installed ({TesseractReader.HowToInstall})");
        return reader;
    }

    private static PixelBox Burn(BitmapText picture, string text, int left, int top, byte ink)
    {
        var (x0, y0, x1, y1) = picture.Burn(text, left, top, 4, ink);
        return new PixelBox(x0 - 4, y0 - 4, x1 + 4, y1 + 4);
    }

    private static byte[] Inside(byte[] picture, PixelBox box) =>
        [.. from y in Enumerable.Range(box.Top, box.Height) from x in Enumerable.Range(box.Left, box.Width) select picture[(y * Width) + x]];
}
