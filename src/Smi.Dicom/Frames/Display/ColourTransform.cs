using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>Colour samples to RGB of 8 bits (PS3.3 C.7.6.3.1.2).</summary>
internal static class ColourTransform
{
    public static void Render(ReadOnlySpan<byte> frame, FrameFormat format, Span<byte> picture)
    {
        ReduceTo8Bits(frame, format, picture);
        if (format.PhotometricInterpretation == "YBR_FULL")
        {
            ToRgb(picture, 0, 1, 1);
        }
        else if (format.PhotometricInterpretation != "RGB")
        {
            // Rec. 601: black is 16, white 235, chroma spans 16 to 240.
            ToRgb(picture, 16, 255.0 / 219, 255.0 / 224);
        }
    }

    private static void ReduceTo8Bits(ReadOnlySpan<byte> frame, FrameFormat format, Span<byte> picture)
    {
        if (format is { BitsAllocated: 8, BitsStored: 8 })
        {
            frame.CopyTo(picture);
            return;
        }

        var samples = new StoredSamples(frame, format with { IsSigned = false });
        var (largest, middle) = ((1L << format.BitsStored) - 1, 1L << (format.BitsStored - 1));
        var isYbr = format.PhotometricInterpretation != "RGB";
        for (var i = 0; i < picture.Length; i++)
        {
            // Colour differences keep their middle, or what is black would have a tint.
            picture[i] = (byte)(isYbr && i % 3 > 0 ? 128 + ((samples[i] - middle) * 255 / largest) : samples[i] * 255 / largest);
        }
    }

    private static void ToRgb(Span<byte> picture, int black, double lumaScale, double chromaScale)
    {
        for (var i = 0; i + 2 < picture.Length; i += 3)
        {
            var y = (picture[i] - black) * lumaScale;
            var cb = (picture[i + 1] - 128) * chromaScale;
            var cr = (picture[i + 2] - 128) * chromaScale;
            picture[i] = Rounded(y + (1.402 * cr));
            picture[i + 1] = Rounded(y - (0.344136 * cb) - (0.714136 * cr));
            picture[i + 2] = Rounded(y + (1.772 * cb));
        }
    }

    private static byte Rounded(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
