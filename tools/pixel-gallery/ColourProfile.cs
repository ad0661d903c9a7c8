using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Smi.Gallery;

/// <summary>An ICC profile (ISO 15076-1) of a display with wide primaries, as images carry it in ICC Profile (0028,2000), and what it makes of samples.</summary>
internal static class ColourProfile
{
    private const int HeaderLength = 128;
    private const double Gamma = 2.2;

    private static readonly (string Tag, double[] Numbers)[] s_tags =
    [
        ("rXYZ", [0.60974, 0.31111, 0.01947]), ("gXYZ", [0.20528, 0.62567, 0.06087]), ("bXYZ", [0.14919, 0.06322, 0.74457]),
        ("wtpt", [0.9642, 1, 0.8249]), ("rTRC", [Gamma]), ("gTRC", [Gamma]), ("bTRC", [Gamma]),
    ];

    /// <summary>The profile with three columns and three curves.</summary>
    public static byte[] Create()
    {
        var start = HeaderLength + 4 + (12 * s_tags.Length);
        var profile = new byte[start + (20 * s_tags.Length)];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(8), 0x02100000);
        Encoding.ASCII.GetBytes("mntrRGB XYZ ").CopyTo(profile, 12);
        Encoding.ASCII.GetBytes("acsp").CopyTo(profile, 36);
        WriteNumbers(profile.AsSpan(68), [0.9642, 1, 0.8249]);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(HeaderLength), s_tags.Length);
        for (var i = 0; i < s_tags.Length; i++)
        {
            var entry = profile.AsSpan(HeaderLength + 4 + (12 * i));
            var at = start + (20 * i);
            Encoding.ASCII.GetBytes(s_tags[i].Tag).CopyTo(entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], s_tags[i].Numbers.Length == 1 ? 14 : 20);
            WriteTag(profile.AsSpan(at), s_tags[i].Numbers);
        }

        return profile;
    }

    /// <summary>Three bytes a pixel, as a viewer that follows the profile shows them on a common display.</summary>
    public static byte[] Shown(byte[] rgb, byte[] profile, int width, int height)
    {
        using var space = SKColorSpace.CreateIcc(profile) ?? throw new ArgumentException("no profile that is understood", nameof(profile));
        using var common = SKColorSpace.CreateSrgb();
        byte[] stored = [.. rgb.Chunk(3).SelectMany(pixel => new[] { pixel[0], pixel[1], pixel[2], byte.MaxValue })];
        using var source = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, space));
        stored.CopyTo(source.GetPixelSpan());
        using var target = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, common));
        using var pixels = source.PeekPixels();
        return pixels.ReadPixels(target.Info, target.GetPixels(), target.RowBytes, 0, 0)
            ? [.. target.GetPixelSpan().ToArray().Where((_, i) => i % 4 != 3)]
            : throw new InvalidOperationException("the colours could not be converted");
    }

    private static void WriteTag(Span<byte> target, double[] numbers)
    {
        if (numbers is [var gamma])
        {
            Encoding.ASCII.GetBytes("curv").CopyTo(target);
            BinaryPrimitives.WriteInt32BigEndian(target[8..], 1);
            BinaryPrimitives.WriteUInt16BigEndian(target[12..], (ushort)Math.Round(gamma * 256));
            return;
        }

        Encoding.ASCII.GetBytes("XYZ ").CopyTo(target);
        WriteNumbers(target[8..], numbers);
    }

    // s15Fixed16Number
    private static void WriteNumbers(Span<byte> target, double[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(target[(4 * i)..], (int)Math.Round(numbers[i] * 65536));
        }
    }
}
