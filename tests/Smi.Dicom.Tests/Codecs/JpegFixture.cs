using System.Buffers.Binary;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>A stream of Fixtures and what it holds; see the README there.</summary>
internal sealed class JpegFixture
{
    public const int Columns = 37;
    public const int Rows = 29;

    public static readonly string[] Lossy =
    [
        "baseline-gray", "baseline-420", "baseline-422", "baseline-444", "baseline-rgb", "extended-12", "spectral-12",
        "progressive-gray", "progressive-420", "lossless-point-transform",
    ];

    public static readonly string[] Lossless =
    [
        "lossless-1", "lossless-2", "lossless-3", "lossless-4", "lossless-5", "lossless-6", "lossless-7", "lossless-rgb",
    ];

    public JpegFixture(string name)
    {
        Name = name;
        Codestream = Read(name + ".jpg");
        int bits = name.Contains("12") || name.EndsWith("transform") ? 12 : name.StartsWith("lossless-") && Samples == 1 ? 16 : 8;
        Format = new FrameFormat
        {
            Rows = Rows,
            Columns = Columns,
            SamplesPerPixel = Samples,
            BitsAllocated = bits > 8 ? 16 : 8,
            BitsStored = bits,
            HighBit = bits - 1,
            IsSigned = bits == 16,
            PhotometricInterpretation = Samples == 1 ? "MONOCHROME2" : name.EndsWith("rgb") ? "RGB" : "YBR_FULL",
        };
    }

    public static IEnumerable<JpegFixture> All => Lossy.Concat(Lossless).Select(name => new JpegFixture(name));

    public string Name { get; }

    public byte[] Codestream { get; }

    public FrameFormat Format { get; }

    private int Samples => Name.EndsWith("rgb") || Name[^2..] is "20" or "22" or "44" ? 3 : 1;

    public byte[] Reference() => Read(Name + ".raw");

    /// <summary>The samples the lossless streams were made from.</summary>
    public byte[] Formula()
    {
        var frame = new byte[Format.FrameLength];
        for (int i = 0; i < frame.Length / Format.BytesPerSample; i++)
        {
            (int pixel, int sample) = Math.DivRem(i, Samples);
            int value = Sample(pixel % Columns, pixel / Columns, sample);
            if (Format.BitsAllocated == 8)
            {
                frame[i] = (byte)value;
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2 * i), (ushort)(value * 91));
            }
        }

        return frame;
    }

    private static int Sample(int x, int y, int sample) => x * 7 + y * 13 + (x / 5 + y / 3) % 2 * 60 + sample * (x + 3 * y);

    private static byte[] Read(string resource)
    {
        using Stream stream = typeof(JpegFixture).Assembly.GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException(resource);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
