using Smi.Dicom;
using Smi.Dicom.Codecs;
using SkiaSharp;

namespace Smi.Gallery;

/// <summary>Compressed images: by the encoders of this program, JPEG baseline by Skia, and what only other programs write where these are installed.</summary>
internal static class SyntaxCases
{
    private const string Sheet = "syntaxes";
    private const int Quality = 85;

    public static IEnumerable<GalleryCase> All()
    {
        foreach (var (title, uid) in ((string, string)[])
        [
            ("RLE", TransferSyntaxCodecs.RleLossless), ("JPEG lossless", TransferSyntaxCodecs.JpegLosslessFirstOrder),
            ("JPEG-LS", TransferSyntaxCodecs.JpegLsLossless), ("JPEG 2000", TransferSyntaxCodecs.Jpeg2000Lossless),
        ])
        {
            yield return Gray($"{title} 16 bits", uid);
            yield return Colour($"{title} RGB", uid, planar: 0);
        }

        yield return Colour("RLE RGB, planes", TransferSyntaxCodecs.RleLossless, planar: 1);
        yield return WideRle("RLE RGB 32 bits", 32);
        yield return WithExtendedTable();
        yield return new GalleryCase("deflated", Sheet, ImageMaking.Native(ImageMaking.Colour("RGB"), ImageMaking.Rgb(Scene.WithText())), TransferSyntax.DeflatedExplicitLittleEndian) { Hidden = Scene.Lines };
        yield return Baseline("JPEG baseline", ImageMaking.Gray(), SKJpegEncoderDownsample.Downsample444, 8);
        yield return Baseline("JPEG baseline 4:4:4", ImageMaking.Colour("YBR_FULL"), SKJpegEncoderDownsample.Downsample444, 8);
        yield return Baseline("JPEG baseline 4:2:2", ImageMaking.Colour("YBR_FULL_422"), SKJpegEncoderDownsample.Downsample422, 18);
        yield return Baseline("JPEG baseline 4:2:0", ImageMaking.Colour("YBR_FULL_422"), SKJpegEncoderDownsample.Downsample420, 18);
        foreach (var foreign in ForeignEncoder.All(Sheet))
        {
            yield return foreign;
        }
    }

    public static byte[] BaselineCodestream(double[] values, bool isColour, SKJpegEncoderDownsample downsample)
    {
        var info = new SKImageInfo(Scene.Columns, Scene.Rows, isColour ? SKColorType.Rgba8888 : SKColorType.Gray8, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        byte[] pixels = isColour
            ? [.. ImageMaking.Rgb(values).Chunk(3).SelectMany(pixel => new[] { pixel[0], pixel[1], pixel[2], byte.MaxValue })]
            : ImageMaking.Samples(values, 1, 0, 255);
        pixels.CopyTo(bitmap.GetPixelSpan());
        using var target = new MemoryStream();
        using var pixmap = bitmap.PeekPixels();
        return pixmap.Encode(target, new SKJpegEncoderOptions(Quality, downsample, SKJpegEncoderAlphaOption.Ignore))
            ? target.ToArray()
            : throw new InvalidOperationException("Skia has no JPEG encoder");
    }

    /// <summary>Of three frames the last: found by the table alone, for each is cut in two.</summary>
    private static GalleryCase WithExtendedTable()
    {
        var (format, syntax) = (ImageMaking.Gray(), Syntax(TransferSyntaxCodecs.JpegLsLossless));
        var frame = ImageMaking.Samples(Scene.WithText(), 1, 0, 255);
        var dataSet = ImageMaking.Encoded(format, syntax, frame, ImageMaking.Samples(Scene.Body(), 1, 0, 255), frame);
        var streams = (dataSet.Find(DicomTags.PixelData) as EncapsulatedElement)?.Fragments.Skip(1).ToArray() ?? [];
        long[] offsets = [0, 16 + streams[0].Length, 32 + streams[0].Length + streams[1].Length];
        dataSet.Set(new EncapsulatedElement(
            DicomTags.PixelData, [new ByteSlice(Array.Empty<byte>()), .. streams.SelectMany(stream => new[] { stream.Part(0, 100), stream.Part(100, stream.Length - 100) })]));
        dataSet.Set(new ValueElement(DicomTags.ExtendedOffsetTable, VR.OV, offsets.SelectMany(BitConverter.GetBytes).ToArray()));
        dataSet.Set(new ValueElement(DicomTags.ExtendedOffsetTableLengths, VR.OV, streams.SelectMany(stream => BitConverter.GetBytes(stream.Length)).ToArray()));
        return new GalleryCase("JPEG-LS, extended offsets", Sheet, dataSet, syntax) { Hidden = Scene.Lines, Frame = 2 };
    }

    private static GalleryCase Gray(string title, string uid)
    {
        var format = ImageMaking.Gray(allocated: 16, stored: 12);
        var frame = ImageMaking.Samples(Scene.WithText(), 2, 100, 4000);
        return new GalleryCase(title, Sheet, ImageMaking.Encoded(format, Syntax(uid), frame), Syntax(uid)) { Hidden = Scene.Lines };
    }

    /// <summary>JPEG 2000 takes the colours apart itself (PS3.5 8.2.4); what is declared says so.</summary>
    private static GalleryCase Colour(string title, string uid, int planar)
    {
        var format = ImageMaking.Colour("RGB", planar);
        var declared = uid == TransferSyntaxCodecs.Jpeg2000Lossless ? format with { PhotometricInterpretation = "YBR_RCT" } : format;
        var dataSet = ImageMaking.Encoded(declared, Syntax(uid), ImageMaking.Rgb(Scene.WithText()));
        return new GalleryCase(title, Sheet, dataSet, Syntax(uid)) { Hidden = Scene.Lines };
    }

    private static GalleryCase WideRle(string title, int bits)
    {
        var syntax = Syntax(TransferSyntaxCodecs.RleLossless);
        var dataSet = ImageMaking.Encoded(ImageMaking.Colour("RGB", bits: bits), syntax, ImageMaking.Wide(ImageMaking.Rgb(Scene.WithText()), bits));
        return new GalleryCase(title, Sheet, dataSet, syntax) { Hidden = Scene.Lines };
    }

    private static GalleryCase Baseline(string title, FrameFormat format, SKJpegEncoderDownsample downsample, int grid)
    {
        var codestream = BaselineCodestream(Scene.WithText(), format.SamplesPerPixel == 3, downsample);
        return new GalleryCase(title, Sheet, ImageMaking.Encapsulated(format, codestream), Syntax(TransferSyntaxCodecs.JpegBaseline)) { Hidden = Scene.Lines, Grid = grid };
    }

    private static TransferSyntax Syntax(string uid) => TransferSyntax.Find(uid) ?? throw new ArgumentException("no such transfer syntax", nameof(uid));
}
