using System.Globalization;

namespace Smi.Dicom;

/// <summary>The tag of an attribute: group and element number (PS3.5 7.1). Ordered as the standard orders data elements.</summary>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    public DicomTag(uint value) : this((ushort)(value >> 16), (ushort)value)
    {
    }

    public uint Value => ((uint)Group << 16) | Element;

    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>True for (gggg,0010-00FF) of an odd group: the reservation of a private block (PS3.5 7.8.1).</summary>
    public bool IsPrivateCreator => IsPrivate && Element is >= 0x0010 and <= 0x00FF;

    public bool IsGroupLength => Element == 0;

    /// <summary>The tag that reserves the block of this private data element.</summary>
    public DicomTag PrivateCreatorTag => new(Group, (ushort)(Element >> 8));

    public int CompareTo(DicomTag other) => Value.CompareTo(other.Value);

    public static bool operator <(DicomTag left, DicomTag right) => left.Value < right.Value;

    public static bool operator >(DicomTag left, DicomTag right) => left.Value > right.Value;

    public static bool operator <=(DicomTag left, DicomTag right) => left.Value <= right.Value;

    public static bool operator >=(DicomTag left, DicomTag right) => left.Value >= right.Value;

    /// <summary>Reads eight hexadecimal digits, with or without parentheses and comma.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DicomTag tag)
    {
        Span<char> digits = stackalloc char[8];
        var count = 0;
        foreach (var character in text)
        {
            if (character is '(' or ')' or ',' or ' ')
            {
                continue;
            }

            if (count == 8)
            {
                tag = default;
                return false;
            }

            digits[count++] = character;
        }

        tag = default;
        if (count != 8 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        tag = new DicomTag(value);
        return true;
    }

    public override string ToString() => $"({Group:X4},{Element:X4})";
}
