using System.Globalization;
using SkiaSharp;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Bench;

/// <summary>
/// Ultrasound cines to time the pixel stage with: a sector of speckle that is another on every frame, a name that stands still; native and in each
/// transfer syntax that the program writes back into; and slices of 12 bits of 16 without text, as JPEG 2000.
/// </summary>
internal static class PixelInputs
{
    private const string UltrasoundMultiFrame = "1.2.840.10008.5.1.4.1.1.3.1";
    private const int Quality = 90;
    private const int Grain = 5;

    private static readonly (string Name, string Syntax)[] s_kinds =
    [
        ("native", "1.2.840.10008.1.2.1"),
        ("rle", TransferSyntaxCodecs.RleLossless),
        ("jpeg-baseline", TransferSyntaxCodecs.JpegBaseline),
        ("jpeg-lossless", TransferSyntaxCodecs.JpegLosslessFirstOrder),
        ("jpeg-ls", TransferSyntaxCodecs.JpegLsLossless),
        ("jpeg-2000", TransferSyntaxCodecs.Jpeg2000Lossless),
        (Slices, TransferSyntaxCodecs.Jpeg2000Lossless),
    ];

    private const string Slices = "jpeg-2000-slices";

    /// <summary>Writes KIND.dcm.</summary>
    public static int Write(string folder, string kind, int frames, int side)
    {
        var syntax = TransferSyntax.Find(s_kinds.Single(known => known.Name == kind).Syntax) ?? throw new ArgumentException("no such transfer syntax", nameof(kind));
        var format = kind == Slices ? CodecSpeeds.Format(1, 12, side) : Format(side);
        var dataSet = DataSet(format, frames);
        if (kind == "native")
        {
            dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, Frames(format, frames).SelectMany(frame => frame).ToArray()));
        }
        else
        {
            var fragments = new ByteSlice[frames];
            var pictures = (kind == Slices ? Enumerable.Range(0, frames).Select(seed => CodecSpeeds.Frame(format, seed)) : Frames(format, frames)).ToArray();
            Parallel.For(0, frames, frame => fragments[frame] = new ByteSlice(Encoded(pictures[frame], format, syntax)));
            dataSet.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(Array.Empty<byte>()), .. fragments]));
        }

        Directory.CreateDirectory(folder);
        using var file = File.Create(Path.Combine(folder, $"{kind}.dcm"));
        DicomWriter.WriteFile(file, Meta(dataSet), syntax, dataSet);
        return 0;
    }

    internal static FrameFormat Format(int side) => new()
    {
        Rows = side,
        Columns = side,
        SamplesPerPixel = 1,
        BitsAllocated = 8,
        BitsStored = 8,
        HighBit = 7,
        PhotometricInterpretation = "MONOCHROME2",
    };

    private static DicomDataSet DataSet(in FrameFormat format, int frames)
    {
        var dataSet = new DicomDataSet();
        dataSet.SetString(DicomTags.SopClassUid, VR.UI, UltrasoundMultiFrame);
        dataSet.SetString(DicomTags.SopInstanceUid, VR.UI, string.Create(CultureInfo.InvariantCulture, $"2.25.{format.Rows}{frames}"));
        dataSet.SetString(DicomTags.StudyInstanceUid, VR.UI, "2.25.11");
        dataSet.SetString(DicomTags.SeriesInstanceUid, VR.UI, "2.25.12");
        dataSet.SetString(DicomTags.Modality, VR.CS, "US");
        dataSet.SetString(DicomTags.PatientName, VR.PN, "Lindqvist^Ingrid");
        dataSet.SetString(DicomTags.PatientId, VR.LO, "0411571234");
        ImagePixelModule.Declare(dataSet, format, frames);
        return dataSet;
    }

    private static DicomDataSet Meta(DicomDataSet dataSet)
    {
        var meta = new DicomDataSet();
        meta.SetString(DicomTags.MediaStorageSopClassUid, VR.UI, UltrasoundMultiFrame);
        meta.SetString(new DicomTag(0x00020003), VR.UI, dataSet.GetString(DicomTags.SopInstanceUid) ?? "");
        return meta;
    }

    internal static IEnumerable<byte[]> Frames(FrameFormat format, int frames)
    {
        var (still, isInside) = Still(format.Columns);
        var random = new Random(1);
        for (var frame = 0; frame < frames; frame++)
        {
            var speckle = new byte[still.Length + format.Columns];
            random.NextBytes(speckle);
            var picture = (byte[])still.Clone();
            for (var i = 0; i < picture.Length; i++)
            {
                // Speckle is a few pixels wide.
                var noise = (speckle[i] + speckle[i + 1] + speckle[i + 2] + speckle[i + 3]) / 4;
                picture[i] = isInside[i] ? (byte)Math.Clamp(picture[i] + (noise / Grain) - (128 / Grain), 0, 255) : picture[i];
            }

            yield return picture;
        }
    }

    private static (byte[] Picture, bool[] IsInside) Still(int side)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = new SKColor(90, 90, 90), IsAntialias = true };
        canvas.Clear(SKColors.Black);
        canvas.DrawArc(new SKRect(-0.1f * side, -0.75f * side, 1.1f * side, 0.95f * side), 40, 100, true, paint);
        paint.Color = new SKColor(40, 40, 40);
        canvas.DrawOval(0.5f * side, 0.6f * side, 0.09f * side, 0.13f * side, paint);
        var picture = bitmap.GetPixelSpan().ToArray();
        var isInside = Array.ConvertAll(picture, value => value > 0);
        Burn(picture, side, "LINDQVIST, INGRID 04.11.1957");
        return (picture, isInside);
    }

    private static void Burn(byte[] picture, int side, string text)
    {
        var canvas = new Deid.Samples.SampleCanvas(side, 32, 0);
        canvas.DrawText(text, 8, 8, 2, 1);
        for (var i = 0; i < 32 * side; i++)
        {
            picture[i] = canvas[i % side, i / side] > 0 ? (byte)235 : picture[i];
        }
    }

    private static byte[] Encoded(byte[] picture, in FrameFormat format, TransferSyntax syntax)
    {
        if (TransferSyntaxCodecs.FindEncoder(syntax) is { } encoder)
        {
            return encoder.Encode(picture, format);
        }

        using var bitmap = new SKBitmap(new SKImageInfo(format.Columns, format.Rows, SKColorType.Gray8, SKAlphaType.Opaque));
        picture.CopyTo(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        var bytes = data.ToArray();
        return bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];
    }
}
