using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Attributes as pydicom writes them, which is what deid compares: several values in brackets, text among them in quotes, a sequence as a listing, an
/// attribute that is asked for by its number with number, name and VR before its value.
/// </summary>
internal static class PydicomText
{
    private const int NameWidth = 35;
    private const int LongestBytes = 16;

    /// <summary>The value alone; null where pydicom has none: a number without digits, a sequence without items.</summary>
    public static string? OfValue(DicomElement element, DicomDataSet holder) => element switch
    {
        SequenceElement { Items.Count: 0 } => null,
        SequenceElement sequence => $"[{string.Concat(sequence.Items.Select(item => Listing(item, 0)))}]",
        ValueElement { Length: 0 } => element.EffectiveVR.IsText() && !IsNumberText(element.EffectiveVR) ? string.Empty : null,
        ValueElement value => Joined(value, Values(value, holder), isQuoted: false),
        _ => null,
    };

    /// <summary>Number, name, VR and value.</summary>
    public static string OfElement(DicomElement element, DicomDataSet holder)
    {
        var name = DicomDictionary.Find(element.Tag)?.Name ?? (element.Tag.IsPrivateCreator ? "Private Creator" : "Private tag data");
        var shown = name.Length > NameWidth ? name[..NameWidth] : name.PadRight(NameWidth);
        return $"{Tag(element.Tag.Group, element.Tag.Element)} {shown} {element.EffectiveVR.Letters()}: {Shown(element, holder)}";
    }

    private static string Shown(DicomElement element, DicomDataSet holder) => element switch
    {
        SequenceElement sequence => $"<Sequence, length {sequence.Items.Count}>",
        ValueElement { Length: > LongestBytes } value when IsBytes(value.EffectiveVR) => $"Array of {value.Length} elements",
        ValueElement { Length: 0 } => element.EffectiveVR.IsText() && !IsNumberText(element.EffectiveVR) ? "''" : "None",
        ValueElement value => Joined(value, Values(value, holder), isQuoted: true),
        _ => string.Empty,
    };

    private static string Listing(DicomDataSet item, int depth)
    {
        var (indent, lines) = (new string(' ', 3 * depth), new List<string>());
        foreach (var element in item.Elements)
        {
            if (element is not SequenceElement sequence)
            {
                lines.Add(indent + OfElement(element, item));
                continue;
            }

            lines.Add($"{indent}{Tag(element.Tag.Group, element.Tag.Element)}  {DicomDictionary.Find(element.Tag)?.Name}  {sequence.Items.Count} item(s) ---- ");
            foreach (var nested in sequence.Items)
            {
                lines.Add(Listing(nested, depth + 1));
                lines.Add($"{indent}   ---------");
            }
        }

        return string.Join('\n', lines);
    }

    private static string Joined(ValueElement element, List<string> values, bool isQuoted)
    {
        var isText = element.EffectiveVR.IsText() && !IsNumberText(element.EffectiveVR);
        return values.Count == 1
            ? isText && isQuoted ? $"'{values[0]}'" : values[0]
            : $"[{string.Join(", ", values.Select(value => isText && element.EffectiveVR != VR.PN ? $"'{value}'" : value))}]";
    }

    private static List<string> Values(ValueElement element, DicomDataSet holder)
    {
        var vr = element.EffectiveVR;
        if (vr == VR.AT)
        {
            return Tags(element);
        }

        return vr.IsText() ? holder.TextOf(element) is { Length: > 0 } text && !vr.IsSingleText() ? [.. text.Split('\\').Select(value => value.Trim(' ', '\0'))] : [holder.TextOf(element)]
            : IsBytes(vr) ? [Bytes(element.Value.ToMemory().Span)]
            : [.. holder.GetNumbers(element.Tag).Select(number => Number(number, vr is VR.FL or VR.FD))];
    }

    private static List<string> Tags(ValueElement element)
    {
        var bytes = element.Value.ToMemory().Span;
        List<string> tags = [];
        for (var at = 0; at + 4 <= bytes.Length; at += 4)
        {
            tags.Add(element.IsBigEndian
                ? Tag(BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]))
                : Tag(BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..])));
        }

        return tags;
    }

    private static string Number(double number, bool isReal)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return isReal && double.IsFinite(number) && !text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal) ? text + ".0" : text;
    }

    private static string Bytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("b'");
        foreach (var value in bytes)
        {
            text.Append(value is >= 0x20 and < 0x7F ? $"{(char)value}" : $"\\x{value:x2}");
        }

        return text.Append('\'').ToString();
    }

    private static bool IsNumberText(VR vr) => vr is VR.IS or VR.DS;

    private static bool IsBytes(VR vr) => vr is VR.OB or VR.OW or VR.OD or VR.OF or VR.OL or VR.OV or VR.UN;

    private static string Tag(ushort group, ushort element) => $"({group:x4}, {element:x4})";
}
