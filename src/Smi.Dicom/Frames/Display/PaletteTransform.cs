using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>Palette colour look-up tables (PS3.3 C.7.6.3.1.5 and C.7.9.2), plain or segmented.</summary>
public sealed class PaletteTransform
{
    private const uint FirstDescriptor = 0x00281101;
    private const uint FirstData = 0x00281201;
    private const uint FirstSegmentedData = 0x00281221;

    private readonly FrameFormat format;
    private readonly LookupTable[] channels;
    private readonly Lazy<int> darkest;

    private PaletteTransform(FrameFormat format, LookupTable[] channels)
    {
        this.format = format;
        this.channels = channels;
        darkest = new Lazy<int>(() => Values().MinBy(Brightness));
    }

    /// <summary>The stored value whose colour is darkest.</summary>
    public int Darkest => darkest.Value;

    /// <exception cref="DicomFormatException">A table is missing or damaged.</exception>
    public static PaletteTransform Read(DicomDataSet dataSet, FrameFormat format) =>
        new(format, [ReadChannel(dataSet, 0, format.IsSigned), ReadChannel(dataSet, 1, format.IsSigned), ReadChannel(dataSet, 2, format.IsSigned)]);

    /// <summary>Three bytes a pixel.</summary>
    /// <param name="frame">Decoded samples.</param>
    /// <param name="picture">Receives red, green, blue.</param>
    public void Render(ReadOnlySpan<byte> frame, Span<byte> picture)
    {
        var samples = new StoredSamples(frame, format);
        for (var i = 0; i < samples.Count; i++)
        {
            var value = samples[i];
            for (var channel = 0; channel < channels.Length; channel++)
            {
                picture[(3 * i) + channel] = (byte)Math.Round(255 * channels[channel].Value(value) / channels[channel].Largest);
            }
        }
    }

    /// <summary>The colour behind a stored value, each part 0 … 65535.</summary>
    public (ushort Red, ushort Green, ushort Blue) Colour(int value)
    {
        ushort Share(int channel) => (ushort)(ushort.MaxValue * channels[channel].Value(value) / channels[channel].Largest);

        return (Share(0), Share(1), Share(2));
    }

    // A quarter red, five eighths green, an eighth blue.
    private int Brightness(int value)
    {
        var (red, green, blue) = Colour(value);
        return ((2 * red) + (5 * green) + blue) / 8;
    }

    // A palette may begin above every value that samples can have: then all show its first colour.
    private IEnumerable<int> Values() =>
        Enumerable.Range(channels[0].First, channels.Max(channel => channel.Count)).Where(value => value < 1L << format.BitsStored).DefaultIfEmpty(0);

    private static LookupTable ReadChannel(DicomDataSet dataSet, uint channel, bool isSigned)
    {
        var descriptor = new DicomTag(FirstDescriptor + channel);
        return LookupTable.Read(dataSet, descriptor, new DicomTag(FirstData + channel), isSigned)
            ?? ReadSegmented(dataSet, descriptor, new DicomTag(FirstSegmentedData + channel), isSigned)
            ?? throw new DicomFormatException("a palette is missing", tag: descriptor);
    }

    private static LookupTable? ReadSegmented(DicomDataSet dataSet, DicomTag descriptor, DicomTag data, bool isSigned)
    {
        if (dataSet.FindValue(data) is not { Length: > 0 } || LookupTable.Describe(dataSet, descriptor, isSigned) is not var (count, first, bits))
        {
            return null;
        }

        var entries = SegmentedPalette.Expand(Array.ConvertAll(dataSet.GetNumbers(data), word => (ushort)word), count, bits);
        return LookupTable.Of(entries, first, bits);
    }
}
