using SkiaSharp;
using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Extraction.CohortPackager;

/// <summary>A small picture of an extracted file for the summary, or a word for what has none.</summary>
internal sealed record JobPicture
{
    /// <summary>Longest side of a picture.</summary>
    private const int Side = 180;

    /// <summary>Modality, size and number of frames.</summary>
    public required string Label { get; init; }

    /// <summary>The middle frame as PNG; null for files that are no images.</summary>
    public byte[]? Png { get; init; }

    /// <summary>Null when the file cannot be read.</summary>
    public static JobPicture? Of(string path)
    {
        try
        {
            using var file = DicomFile.Open(path);
            var modality = file.DataSet.GetString(DicomTags.Modality) ?? "?";
            return file.DataSet.Find(DicomTags.PixelData) is null ? new() { Label = $"{modality}, no image" } : Draw(file, modality);
        }
        catch (Exception fault) when (fault is DicomFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static JobPicture Draw(DicomFile file, string modality)
    {
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        var renderer = FrameRenderer.For(file.DataSet, reader.Format);
        var frame = reader.FrameCount / 2;
        var samples = renderer.Render(reader.Read(frame), frame);
        var (columns, rows) = (reader.Format.Columns, reader.Format.Rows);
        var frames = reader.FrameCount > 1 ? $", {reader.FrameCount} frames" : "";
        return new() { Label = $"{modality}, {columns}×{rows}{frames}", Png = Shrink(samples, columns, rows, renderer.Channels) };
    }

    private static byte[] Shrink(ReadOnlySpan<byte> samples, int columns, int rows, int channels)
    {
        using var full = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = full.GetPixelSpan();
        for (var index = 0; index < columns * rows; index++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[(index * 4) + channel] = samples[(index * channels) + Math.Min(channel, channels - 1)];
            }

            pixels[(index * 4) + 3] = byte.MaxValue;
        }

        var scale = Math.Min(1.0, (double)Side / Math.Max(columns, rows));
        var size = new SKImageInfo(Math.Max(1, (int)(columns * scale)), Math.Max(1, (int)(rows * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var small = full.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var png = small.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
