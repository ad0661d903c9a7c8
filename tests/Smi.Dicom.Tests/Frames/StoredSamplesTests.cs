using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Frames;

/// <summary>Every way to read stored values against their definition, bit by bit.</summary>
public sealed class StoredSamplesTests
{
    /// <summary>More than the vectors of any processor take at once, and a remainder.</summary>
    private const int Pixels = 203;

    public static TheoryData<int, int, int> Bits => new()
    {
        { 1, 1, 0 }, { 8, 8, 7 }, { 8, 5, 4 }, { 8, 5, 6 }, { 8, 1, 7 }, { 16, 16, 15 }, { 16, 12, 11 }, { 16, 12, 15 }, { 16, 9, 12 },
        { 32, 32, 31 }, { 32, 24, 23 }, { 32, 20, 27 }, { 32, 16, 15 }, { 32, 12, 30 },
    };

    [Theory]
    [MemberData(nameof(Bits))]
    public void Gives_what_stands_between_High_Bit_and_Bits_Stored(int allocated, int stored, int highBit) => ForAll(allocated, stored, highBit, (format, frame) =>
    {
        var samples = new StoredSamples(frame, format);
        Assert.Equal(Pixels * format.SamplesPerPixel, samples.Count);
        for (var i = 0; i < samples.Count; i++)
        {
            Assert.Equal(Defined(frame, format, i), samples[i]);
        }
    });

    [Theory]
    [MemberData(nameof(Bits))]
    public void Gives_the_smallest_and_the_largest_value(int allocated, int stored, int highBit) => ForAll(allocated, stored, highBit, (format, frame) =>
    {
        var all = Enumerable.Range(0, Pixels * format.SamplesPerPixel).Select(i => Defined(frame, format, i)).ToList();
        Assert.Equal((all.Min(), all.Max()), new StoredSamples(frame, format).Range());
    });

    [Theory]
    [MemberData(nameof(Bits))]
    public void Copies_a_component_in_the_order_of_its_values(int allocated, int stored, int highBit) => ForAll(allocated, stored, highBit, (format, frame) =>
    {
        if (stored > 16)
        {
            Assert.Throws<InvalidOperationException>(() => new StoredSamples(frame, format).CopyInOrder(0, new ushort[Pixels]));
            return;
        }

        for (var component = 0; component < format.SamplesPerPixel; component++)
        {
            var values = new ushort[Pixels];
            new StoredSamples(frame, format).CopyInOrder(component, values);
            var least = format.IsSigned ? -(1L << (stored - 1)) : 0;
            Assert.Equal(Enumerable.Range(0, Pixels).Select(i => Defined(frame, format, (i * format.SamplesPerPixel) + component) - least), values.Select(value => (long)value));
        }
    });

    private static void ForAll(int allocated, int stored, int highBit, Action<FrameFormat, byte[]> check)
    {
        foreach (var (samplesPerPixel, isSigned) in new[] { (1, false), (1, true), (3, false), (3, true) })
        {
            var format = TestImages.Format(1, Pixels, samplesPerPixel, allocated, "RGB") with { BitsStored = stored, HighBit = highBit, IsSigned = isSigned };
            check(format, TestImages.Samples(format, stored));
        }
    }

    private static long Defined(byte[] frame, FrameFormat format, int index)
    {
        var value = 0L;
        for (var bit = 0; bit < format.BitsStored; bit++)
        {
            var at = format.HighBit + 1 - format.BitsStored + bit;
            value |= (frame[(index * format.BytesPerSample) + (at / 8)] >> (at % 8) & 1L) << bit;
        }

        return format.IsSigned && value >> (format.BitsStored - 1) == 1 ? value - (1L << format.BitsStored) : value;
    }
}
