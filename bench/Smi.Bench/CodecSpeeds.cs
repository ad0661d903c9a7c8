using System.Globalization;
using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Bench;

/// <summary>What each lossless syntax takes to encode and to decode, on one thread, as a table for docs/benchmarks.md.</summary>
internal static class CodecSpeeds
{
    private const int Side = 512;
    private const int Rounds = 15;

    private static readonly (string Name, string Uid)[] s_syntaxes =
    [
        ("RLE", TransferSyntaxCodecs.RleLossless),
        ("JPEG lossless", TransferSyntaxCodecs.JpegLosslessFirstOrder),
        ("JPEG-LS", TransferSyntaxCodecs.JpegLsLossless),
        ("JPEG 2000", TransferSyntaxCodecs.Jpeg2000Lossless),
    ];

    public static int Print()
    {
        Console.WriteLine("| 512 × 512, median of 15 | 12 bits of 16: encode | decode | size | RGB: encode | decode | size |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, uid) in s_syntaxes)
        {
            var syntax = TransferSyntax.Find(uid) ?? throw new InvalidOperationException("no such transfer syntax");
            Console.WriteLine($"| {name} | {Measure(syntax, Format(1, 12, Side))} | {Measure(syntax, Format(3, 8, Side))} |");
        }

        return 0;
    }

    private static string Measure(TransferSyntax syntax, FrameFormat format)
    {
        var encoder = TransferSyntaxCodecs.FindEncoder(syntax) ?? throw new ArgumentException("there is no encoder", nameof(syntax));
        var decoder = TransferSyntaxCodecs.FindDecoder(syntax) ?? throw new ArgumentException("there is no decoder", nameof(syntax));
        var frame = Frame(format, seed: 1);
        var (encoded, decoded) = (encoder.Encode(frame, format), new byte[frame.Length]);
        var encoding = ProcessorTime.Median(Rounds, () => encoded = encoder.Encode(frame, format));
        var decoding = ProcessorTime.Median(Rounds, () => decoder.Decode(encoded, format, decoded));
        return decoded.AsSpan().SequenceEqual(frame)
            ? string.Create(CultureInfo.InvariantCulture, $"{encoding:F1} ms | {decoding:F1} ms | {100.0 * encoded.Length / frame.Length:F0} %")
            : throw new InvalidOperationException("it did not decode to the same samples");
    }

    internal static FrameFormat Format(int samples, int stored, int side) => new()
    {
        Rows = side,
        Columns = side,
        SamplesPerPixel = samples,
        BitsAllocated = stored <= 8 ? 8 : 16,
        BitsStored = stored,
        HighBit = stored - 1,
        PhotometricInterpretation = samples == 1 ? "MONOCHROME2" : "YBR_RCT",
    };

    /// <summary>Smooth shapes with noise of a few levels, like a CT or a photograph.</summary>
    internal static byte[] Frame(in FrameFormat format, int seed)
    {
        var random = new Random(seed);
        var frame = new byte[format.FrameLength];
        var largest = (1 << format.BitsStored) - 1;
        var noise = Math.Max(2, largest / 100);
        for (var i = 0; i < frame.Length / format.BytesPerSample; i++)
        {
            int x = i / format.SamplesPerPixel % format.Columns, y = i / format.SamplesPerPixel / format.Columns, middle = format.Columns / 2;
            var isBody = ((x - middle) * (x - middle)) + ((y - middle) * (y - middle)) < format.Columns * format.Columns * 2 / 11;
            var value = isBody ? (largest / 3) + (int)(largest / 8.0 * (Math.Sin(x / 31.0) + Math.Cos(y / 23.0))) + random.Next(noise) : largest / 50;
            frame[i * format.BytesPerSample] = (byte)value;
            if (format.BytesPerSample == 2)
            {
                frame[(2 * i) + 1] = (byte)(value >> 8);
            }
        }

        return frame;
    }
}
