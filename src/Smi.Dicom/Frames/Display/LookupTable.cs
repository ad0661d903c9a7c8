using System.Buffers.Binary;

namespace Smi.Dicom.Frames.Display;

/// <summary>A modality or VOI LUT (PS3.3 C.11.1.1): values below its first input give the first entry, above its last the last.</summary>
internal sealed class LookupTable
{
    private static readonly DicomTag LutDescriptor = new(0x00283002);
    private static readonly DicomTag LutData = new(0x00283006);

    private readonly ushort[] entries;
    private readonly int first;

    private LookupTable(ushort[] entries, int first, int bits)
    {
        this.entries = entries;
        this.first = first;
        // Where entries are larger than they are said to be, they have 16 bits.
        Largest = (1 << (entries.Max() >> bits == 0 ? bits : 16)) - 1;
    }

    public double Largest { get; }

    /// <summary>The stored value of the first entry.</summary>
    public int First => first;

    public int Count => entries.Length;

    /// <summary>That of the sequence's first item; null when there is none.</summary>
    public static LookupTable? Find(DicomDataSet dataSet, DicomTag sequence, bool isSigned) =>
        dataSet.FindSequence(sequence) is { Items: [var item, ..] } ? Read(item, LutDescriptor, LutData, isSigned) : null;

    /// <exception cref="DicomFormatException">Descriptor and data do not go together.</exception>
    public static LookupTable? Read(DicomDataSet dataSet, DicomTag descriptor, DicomTag data, bool isSigned)
    {
        if (dataSet.FindValue(data) is not { Length: > 0 } values || Describe(dataSet, descriptor, isSigned) is not var (count, first, bits))
        {
            return null;
        }

        var bytes = values.Value.ToMemory().Span;
        if (bytes.Length < (bits <= 8 ? count : 2 * count))
        {
            throw new DicomFormatException("a look-up table is shorter than its descriptor says", tag: data);
        }

        // Tables of 8 bits stand in bytes or, by other writers, in words.
        var isBytes = bytes.Length < 2 * count;
        var entries = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            entries[i] = isBytes ? bytes[i]
                : values.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..])
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
        }

        return new LookupTable(entries, first, bits);
    }

    /// <summary>Number of entries, first input value, bits of an entry; null when the attribute is missing.</summary>
    public static (int Count, int First, int Bits)? Describe(DicomDataSet dataSet, DicomTag descriptor, bool isSigned)
    {
        if (dataSet.GetNumbers(descriptor) is not [var count, var first, var bits])
        {
            return null;
        }

        // The VR of the descriptor may be US where the input is signed, or the other way round: the bits are what counts.
        var start = isSigned ? (short)(int)first : (int)first & 0xFFFF;
        return bits is >= 1 and <= 16
            ? (count == 0 ? 1 << 16 : (int)count & 0xFFFF, start, (int)bits)
            : throw new DicomFormatException("the entries of a look-up table have a wrong number of bits", tag: descriptor);
    }

    public static LookupTable Of(ushort[] entries, int first, int bits) => new(entries, first, bits);

    public double Value(double input) => entries[(int)Math.Clamp(Math.Floor(input) - first, 0, entries.Length - 1)];
}
