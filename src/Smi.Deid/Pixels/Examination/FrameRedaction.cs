using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Blanks boxes of a decoded frame.</summary>
internal static class FrameRedaction
{
    /// <param name="frame">Samples interleaved, little endian.</param>
    /// <param name="blank">One sample for each component.</param>
    public static void Apply(Span<byte> frame, FrameFormat format, IEnumerable<PixelBox> boxes, IReadOnlyList<long> blank)
    {
        var pixel = Pixel(format, blank);
        foreach (var box in boxes.Select(box => box.ClippedTo(format.Columns, format.Rows)).Where(box => !box.IsEmpty))
        {
            for (var y = box.Top; y < box.Bottom; y++)
            {
                var row = frame.Slice(((y * format.Columns) + box.Left) * pixel.Length, box.Width * pixel.Length);
                for (var at = 0; at < row.Length; at += pixel.Length)
                {
                    pixel.CopyTo(row[at..]);
                }
            }
        }
    }

    private static byte[] Pixel(FrameFormat format, IReadOnlyList<long> blank)
    {
        var pixel = new byte[format.SamplesPerPixel * format.BytesPerSample];
        for (var component = 0; component < format.SamplesPerPixel; component++)
        {
            for (var i = 0; i < format.BytesPerSample; i++)
            {
                pixel[(component * format.BytesPerSample) + i] = (byte)(blank[component] >> (8 * i));
            }
        }

        return pixel;
    }
}
