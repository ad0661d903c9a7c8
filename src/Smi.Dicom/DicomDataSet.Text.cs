using System.Globalization;
using Smi.Dicom.CharacterSets;

namespace Smi.Dicom;

/// <summary>Typed access to values.</summary>
public sealed partial class DicomDataSet
{
    private static readonly char[] Blanks = [' ', '\0'];

    /// <summary>The value as text, values divided by backslashes, padding removed; null when the attribute is missing or is no run of bytes.</summary>
    public string? GetString(DicomTag tag) => FindValue(tag) is { } element ? TextOf(element) : null;

    /// <summary>The values of a multi-valued attribute, trimmed; none when it is missing or empty.</summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag) => FindValue(tag) is { } element ? ValuesOf(element) : [];

    /// <summary>The first value as a whole number; null when there is none that is one.</summary>
    public int? GetInt32(DicomTag tag) =>
        FindValue(tag) is { } element && NumericValues.Read(element) is [var first, ..] && first is >= int.MinValue and <= int.MaxValue && first == Math.Floor(first)
            ? (int)first
            : null;

    /// <summary>All values as numbers; none when the attribute is missing or holds something else.</summary>
    public double[] GetNumbers(DicomTag tag) => FindValue(tag) is { } element ? NumericValues.Read(element) : [];

    /// <summary>Decodes a value of this data set by its VR and character set; binary numbers are written in decimal.</summary>
    public string TextOf(ValueElement element)
    {
        var vr = element.EffectiveVR;
        if (vr.UnitSize() > 1)
        {
            return string.Join('\\', NumericValues.Read(element).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        }

        var bytes = element.Value.ToMemory().Span;
        var text = vr.UsesCharacterSet() || !vr.IsText()
            ? CharacterSet.Decode(bytes, DelimitersOf(vr))
            : System.Text.Encoding.Latin1.GetString(bytes);
        return vr.IsSingleText() ? text.TrimEnd(Blanks) : text.Trim(Blanks);
    }

    public IReadOnlyList<string> ValuesOf(ValueElement element)
    {
        var text = TextOf(element);
        return text.Length == 0 ? []
            : element.EffectiveVR.IsSingleText() ? [text]
            : text.Split('\\').Select(value => value.Trim(Blanks)).ToArray();
    }

    /// <summary>A new element with this text in the character set of this data set; what it cannot represent becomes a question mark.</summary>
    public ValueElement TextElement(DicomTag tag, VR vr, string text) =>
        new(tag, vr, vr.UsesCharacterSet() ? CharacterSet.Encode(text, DelimitersOf(vr)) : System.Text.Encoding.Latin1.GetBytes(text));

    public void SetString(DicomTag tag, VR vr, string text) => Set(TextElement(tag, vr, text));

    public void SetUInt16(DicomTag tag, ushort value) => Set(new ValueElement(tag, VR.US, BitConverter.GetBytes(value)));

    private static CharacterSetDelimiters DelimitersOf(VR vr) => vr switch
    {
        VR.PN => CharacterSetDelimiters.PersonName,
        VR.LT or VR.ST or VR.UT => CharacterSetDelimiters.Text,
        _ => CharacterSetDelimiters.Values,
    };
}
