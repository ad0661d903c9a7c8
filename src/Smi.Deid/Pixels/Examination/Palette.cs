using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Pixels.Examination;

/// <summary>The colours behind the indices of a PALETTE COLOR image (PS3.3 C.7.6.3.1.5 and .6), as far as their brightness goes.</summary>
internal sealed class Palette
{
    private static readonly DicomTag[] Descriptors = [new(0x00281101), new(0x00281102), new(0x00281103)];
    private static readonly DicomTag[] Tables = [new(0x00281201), new(0x00281202), new(0x00281203)];

    private readonly int first;
    private readonly ushort[] brightness;

    private Palette(int first, ushort[] brightness)
    {
        this.first = first;
        this.brightness = brightness;
    }

    /// <summary>The index of the darkest colour.</summary>
    public int Darkest => first + Array.IndexOf(brightness, brightness.Min());

    /// <summary>Null for an image without palette colour.</summary>
    /// <exception cref="DicomFormatException">The tables are missing, segmented or too short.</exception>
    public static Palette? For(DicomDataSet dataSet, FrameFormat format) => format.PhotometricInterpretation == "PALETTE COLOR" ? Of(dataSet) : null;

    private static Palette Of(DicomDataSet dataSet)
    {
        var tables = Enumerable.Range(0, 3).Select(colour => Table(dataSet, colour)).ToArray();
        var count = tables.Min(table => table.Values.Length);
        var brightness = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            brightness[i] = (ushort)(((2 * tables[0].Values[i]) + (5 * tables[1].Values[i]) + tables[2].Values[i] + 4) >> 3);
        }

        return new Palette(tables[0].First, brightness);
    }

    public ushort[] Brightness(FrameSamples samples)
    {
        var result = new ushort[samples.Pixels];
        for (var i = 0; i < result.Length; i++)
        {
            // Indices before the first entry show the first colour, those after the last one the last.
            result[i] = brightness[Math.Clamp(samples.Value(i, 0) - first, 0, brightness.Length - 1)];
        }

        return result;
    }

    private static (int First, ushort[] Values) Table(DicomDataSet dataSet, int colour)
    {
        var descriptor = dataSet.GetNumbers(Descriptors[colour]);
        if (descriptor.Length != 3 || dataSet.FindValue(Tables[colour]) is not { } table)
        {
            throw new DicomFormatException("the palette is missing, or segmented, which is not supported");
        }

        // An entry count of 0 means 65536; the 16-bit signed reading of some writers shows as negative.
        var count = descriptor[0] switch { 0 => 65536, < 0 => (int)descriptor[0] + 65536, _ => (int)descriptor[0] };
        return ((int)descriptor[1], Entries(table, count, descriptor[2] > 8));
    }

    private static ushort[] Entries(ValueElement table, int count, bool isWide)
    {
        var bytes = table.Value.ToMemory().Span;
        var isPacked = bytes.Length < 2 * count;
        if (bytes.Length < count)
        {
            throw new DicomFormatException("a palette is shorter than its descriptor says");
        }

        var values = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            // Eight-bit entries are packed two to a word, or stand one in each (PS3.3 C.7.6.3.1.6 allows both by its history).
            values[i] = isPacked
                ? (ushort)(bytes[i] * 257)
                : Word(bytes.Slice(2 * i, 2), table.IsBigEndian, isWide);
        }

        return values;
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, bool isBigEndian, bool isWide)
    {
        var word = (ushort)(isBigEndian ? (bytes[0] << 8) | bytes[1] : (bytes[1] << 8) | bytes[0]);
        return isWide ? word : (ushort)(Math.Min((int)word, 255) * 257);
    }
}
