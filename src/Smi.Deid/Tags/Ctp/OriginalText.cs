using System.Buffers.Binary;
using System.Globalization;
using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// Values as functions see them: decoded, trimmed by VR, several joined by backslashes; numbers in decimal, bytes in hexadecimal. A
/// sequence has no value.
/// </summary>
internal static class OriginalText
{
    private const string CtpCreator = "CTP";
    private static readonly char[] Padding = [' ', '\0'];
    private static readonly char[] NameEnd = [' ', '^'];

    public static string? Of(DicomElement element, DicomDataSet holder, CharacterSet set, bool isStrict)
    {
        if (element is not ValueElement value)
        {
            return null;
        }

        var bytes = value.Value.ToMemory().Span;
        if (element.Tag.IsPrivate && !element.Tag.IsPrivateCreator && holder.GetString(element.Tag.PrivateCreatorTag) == CtpCreator)
        {
            return set.Decode(bytes, CharacterSetDelimiters.Values);
        }

        var vr = VRFor(element, isStrict);
        return vr.IsText() ? Text(bytes, vr, set) : string.Join('\\', Numbers(bytes, vr, value.IsBigEndian));
    }

    /// <summary>The VR the original reads and writes by; safe mode reads what is stored as UN by the dictionary's.</summary>
    public static VR VRFor(DicomElement element, bool isStrict)
    {
        if (!isStrict)
        {
            return element.EffectiveVR;
        }

        return !element.VR.IsKnown() || ElementNames.IsLate(element.VR) ? VR.UN : element.VR;
    }

    private static string Text(ReadOnlySpan<byte> bytes, VR vr, CharacterSet set)
    {
        var text = vr.UsesCharacterSet() ? set.Decode(bytes, DelimitersOf(vr)) : System.Text.Encoding.Latin1.GetString(bytes);
        return vr is VR.LT or VR.ST or VR.UT or VR.UR || !text.Contains('\\', StringComparison.Ordinal)
            ? Trimmed(text, vr)
            : string.Join('\\', text.Split('\\').Select(part => Trimmed(part, vr)));
    }

    public static CharacterSetDelimiters DelimitersOf(VR vr) => vr switch
    {
        VR.PN => CharacterSetDelimiters.PersonName,
        VR.LT or VR.ST or VR.UT => CharacterSetDelimiters.Text,
        _ => CharacterSetDelimiters.Values,
    };

    private static string Trimmed(string text, VR vr) => vr switch
    {
        VR.AS => text,
        VR.PN => text.TrimEnd(NameEnd),
        VR.LO or VR.SH or VR.CS or VR.AE or VR.DS or VR.IS => text.TrimEnd(Padding).TrimStart(' '),
        _ => text.TrimEnd(Padding),
    };

    private static List<string> Numbers(ReadOnlySpan<byte> bytes, VR vr, bool isBigEndian)
    {
        var unit = vr.UnitSize();
        var texts = new List<string>(bytes.Length / unit);
        Span<byte> little = stackalloc byte[8];
        for (var at = 0; at + unit <= bytes.Length; at += unit)
        {
            bytes.Slice(at, unit).CopyTo(little);
            if (vr == VR.AT)
            {
                texts.Add(Tag(bytes.Slice(at), isBigEndian));
                at += unit;
                continue;
            }

            if (isBigEndian)
            {
                little[..unit].Reverse();
            }

            texts.Add(Number(little, vr));
        }

        return texts;
    }

    private static string Tag(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        if (bytes.Length < 4)
        {
            return "";
        }

        var group = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var element = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        return $"{group:X4}{element:X4}";
    }

    private static string Number(ReadOnlySpan<byte> little, VR vr) => vr switch
    {
        VR.US => BinaryPrimitives.ReadUInt16LittleEndian(little).ToString(CultureInfo.InvariantCulture),
        VR.SS => BinaryPrimitives.ReadInt16LittleEndian(little).ToString(CultureInfo.InvariantCulture),
        VR.UL => BinaryPrimitives.ReadUInt32LittleEndian(little).ToString(CultureInfo.InvariantCulture),
        VR.SL => BinaryPrimitives.ReadInt32LittleEndian(little).ToString(CultureInfo.InvariantCulture),
        VR.UV => BinaryPrimitives.ReadUInt64LittleEndian(little).ToString(CultureInfo.InvariantCulture),
        VR.SV => BinaryPrimitives.ReadInt64LittleEndian(little).ToString(CultureInfo.InvariantCulture),
        VR.FL or VR.OF => JavaText.Print(BinaryPrimitives.ReadSingleLittleEndian(little)),
        VR.FD or VR.OD => JavaText.Print(BinaryPrimitives.ReadDoubleLittleEndian(little)),
        VR.OW => BinaryPrimitives.ReadUInt16LittleEndian(little).ToString("X4", CultureInfo.InvariantCulture),
        _ => little[0].ToString("X2", CultureInfo.InvariantCulture),
    };
}
