using Smi.Dicom.Codecs;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>Frames with smooth parts, flat parts, edges and noise, so that every mode of a coder is used.</summary>
internal static class SyntheticFrame
{
    public static FrameFormat Format(
        int rows, int columns, int bitsStored, int samples = 1, bool isSigned = false, string? photometric = null, int? allocated = null) => new()
        {
            Rows = rows,
            Columns = columns,
            SamplesPerPixel = samples,
            BitsAllocated = allocated ?? (bitsStored <= 8 ? 8 : 16),
            BitsStored = bitsStored,
            HighBit = bitsStored - 1,
            IsSigned = isSigned,
            PhotometricInterpretation = photometric ?? (samples == 1 ? "MONOCHROME2" : "RGB"),
        };

    public static byte[] Create(in FrameFormat format, int seed)
    {
        var random = new Random(seed);
        var range = 1 << format.BitsStored;
        var frame = new byte[format.FrameLength];
        var at = 0;
        for (var row = 0; row < format.Rows; row++)
        {
            for (var column = 0; column < format.Columns; column++)
            {
                for (var sample = 0; sample < format.SamplesPerPixel; sample++)
                {
                    var value = Value(row, column, sample, range, random) - (format.IsSigned ? range / 2 : 0);
                    frame[at++] = (byte)value;
                    if (format.BytesPerSample == 2)
                    {
                        frame[at++] = (byte)(value >> 8);
                    }
                }
            }
        }

        return frame;
    }

    /// <summary>A small picture that anybody can compute: each sample a formula of its place.</summary>
    public static byte[] From(int rows, int columns, int samples, Func<int, int, int, int> value, bool twoBytes = false)
    {
        var bytes = new List<byte>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                for (var sample = 0; sample < samples; sample++)
                {
                    bytes.Add((byte)value(column, row, sample));
                    if (twoBytes)
                    {
                        bytes.Add((byte)(value(column, row, sample) >> 8));
                    }
                }
            }
        }

        return [.. bytes];
    }

    private static int Value(int row, int column, int sample, int range, Random random)
    {
        var band = (row / 9 + column / 13 + sample) % 4;
        var value = band switch
        {
            0 => range / 3,
            1 => (int)((Math.Sin((column + sample) / 5.0) + Math.Cos(row / 7.0) + 2) / 4 * (range - 1)),
            2 => random.Next(range),
            _ => ((row ^ column) & 4) == 0 ? range - 1 : random.Next(2),
        };
        return Math.Clamp(value, 0, range - 1);
    }
}
