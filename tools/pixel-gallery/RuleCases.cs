using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using SkiaSharp;

namespace Smi.Gallery;

/// <summary>What rules and policies do; text that the detector would not find stands for none.</summary>
internal static class RuleCases
{
    private const string Sheet = "rules";

    public static IEnumerable<GalleryCase> All()
    {
        yield return Ultrasound("ultrasound regions", Image(isColour: true), TransferSyntax.ExplicitLittleEndian, 0);
        yield return Ultrasound(
            "ultrasound regions, JPEG 4:2:0",
            ImageMaking.Encapsulated(ImageMaking.Colour("YBR_FULL_422"), SyntaxCases.BaselineCodestream(Scene.WithText(), true, SKJpegEncoderDownsample.Downsample420)),
            TransferSyntax.Find(TransferSyntaxCodecs.JpegBaseline) ?? TransferSyntax.ExplicitLittleEndian,
            18);
        yield return WithRules("deid recipe: coordinates", "recipe", "FORMAT dicom\n%filter graylist\nLABEL Top\n  contains Manufacturer ACME\n  coordinates 0,0,224,44\n  ctpcoordinates 0,130,224,30");
        yield return WithRules("deid recipe: keepcoordinates", "recipe", "FORMAT dicom\n%filter graylist\nLABEL Inner\n  contains Manufacturer ACME\n  coordinates all\n  keepcoordinates 40,46,184,136");
        yield return WithRules("CTP script", "ctp.script", "{ Manufacturer.equals(\"ACME\") * !Rows.equals(\"1\") } (0,0,224,44) (0,130,224,30)");
        yield return WithRules("rectangles of one file", "rects.csv", "filename,frame,overlay,left,top,right,bottom\nscan.dcm,-1,-1,60,60,110,100\n");
        yield return WithRules(
            "device table: whole image", "devices.tsv",
            "name\tmodality\tmanufacturer\tmodel\tsoftware\timage type\tseries description\trows\tcolumns\tleft\ttop\tright\tbottom\tsource\nAll\tOT\tACME\t\t\t\t\t\t\t\t\t\t\there\n");
        yield return Page();
        yield return Overlay();
        yield return HighBits();
        yield return Frames();
    }

    private static GalleryCase WithRules(string title, string file, string text) => new(title, Sheet, Image(), TransferSyntax.ExplicitLittleEndian)
    {
        Hidden = Scene.Lines,
        Policy = new PixelPolicy { Rules = RegionRules.Parse(file, text) },
    };

    private static DicomDataSet Image(bool isColour = false) => isColour
        ? ImageMaking.Native(ImageMaking.Colour("RGB"), ImageMaking.Rgb(Scene.WithText()))
        : ImageMaking.Native(ImageMaking.Gray(), ImageMaking.Samples(Scene.WithText(), 1, 0, 255));

    private static GalleryCase Ultrasound(string title, DicomDataSet image, TransferSyntax syntax, int grid)
    {
        (int Left, int Top, int Right, int Bottom)[] regions = [(21, 45, 117, 131), (133, 51, 203, 117)];
        image.Set(new SequenceElement(new DicomTag(0x00186011), [.. regions.Select(region =>
        {
            var item = new DicomDataSet();
            foreach (var (tag, value) in ((uint, int)[])[(0x00186018, region.Left), (0x0018601A, region.Top), (0x0018601C, region.Right), (0x0018601E, region.Bottom)])
            {
                item.Set(new ValueElement(new DicomTag(tag), VR.UL, BitConverter.GetBytes(value)));
            }

            return item;
        })]));
        return new GalleryCase(title, Sheet, image, syntax) { Hidden = Scene.Lines, Grid = grid };
    }

    private static GalleryCase Page() =>
        new("a page of text: Redact", Sheet, ImageMaking.Native(ImageMaking.Gray(), ImageMaking.Samples(Scene.Page(), 1, 0, 255)), TransferSyntax.ExplicitLittleEndian)
        {
            Hidden = [new PixelBox(0, 0, Scene.Columns, Scene.Rows)],
            Policy = new PixelPolicy { WholeImage = WholeImageDecision.Redact },
        };

    /// <summary>Shown with its bits in white, as viewers do.</summary>
    private static GalleryCase Overlay()
    {
        var image = ImageMaking.Native(ImageMaking.Gray(), ImageMaking.Samples(Scene.Body(), 1, 0, 255));
        var bits = new byte[Scene.Columns * Scene.Rows / 8];
        var text = Scene.Text("ROBERTSON ANNA", 30, 70);
        for (var i = 0; i < text.Length; i++)
        {
            bits[i / 8] |= (byte)((text[i] > 0.5 ? 1 : 0) << (i % 8));
        }

        image.SetUInt16(new DicomTag(0x60020010), Scene.Rows);
        image.SetUInt16(new DicomTag(0x60020011), Scene.Columns);
        image.Set(new ValueElement(new DicomTag(0x60020050), VR.SS, new byte[] { 1, 0, 1, 0 }));
        image.Set(new ValueElement(new DicomTag(0x60023000), VR.OW, bits));
        return new GalleryCase("text in an overlay", Sheet, image, TransferSyntax.ExplicitLittleEndian) { Hidden = [new PixelBox(30, 70, 196, 84)] };
    }

    /// <summary>The plane in bit 12 of 16; shown as if it were an overlay.</summary>
    private static GalleryCase HighBits()
    {
        var samples = ImageMaking.Samples(Scene.Body(), 2, 0, 4095);
        var text = Scene.Text("ROBERTSON ANNA", 30, 70);
        for (var i = 0; i < text.Length; i++)
        {
            samples[(2 * i) + 1] |= (byte)(text[i] > 0.5 ? 0x10 : 0);
        }

        var image = ImageMaking.Native(ImageMaking.Gray(allocated: 16, stored: 12), samples);
        image.SetUInt16(new DicomTag(0x60000100), 16);
        image.SetUInt16(new DicomTag(0x60000102), 12);
        return new GalleryCase("overlay in unused bits", Sheet, image, TransferSyntax.ExplicitLittleEndian) { Hidden = [new PixelBox(30, 70, 196, 84)] };
    }

    private static GalleryCase Frames()
    {
        var frames = Enumerable.Range(0, 4).Select(frame => ImageMaking.Rgb(frame == 1 ? Scene.Body() : Scene.WithText())).ToArray();
        return new GalleryCase("a cine, frame 4 of 4", Sheet, ImageMaking.Native(ImageMaking.Colour("RGB"), frames), TransferSyntax.ExplicitLittleEndian) { Hidden = Scene.Lines, Frame = 3 };
    }
}
