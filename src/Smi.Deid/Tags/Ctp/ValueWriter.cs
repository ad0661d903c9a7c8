using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Writes the text of a finished value as a value of a VR, accepting what the original accepts.</summary>
internal static partial class ValueWriter
{
    private const int LongestPrivateLine = 64;
    private const int MostNameGroups = 3;
    private static readonly char[] Padding = [' ', '\0'];

    /// <summary>The VR that a private attribute gets, whatever it had.</summary>
    public static VR PrivateVR(DicomTag tag, string text) => text.Length > LongestPrivateLine && !tag.IsPrivateCreator ? VR.LT : VR.LO;

    /// <summary>Null when the text is no value of the VR.</summary>
    public static ValueElement? Write(DicomTag tag, VR vr, string text, CharacterSet set)
    {
        var values = tag.IsPrivate ? [text] : JavaText.Split(text, '\\');
        if (vr.UnitSize() > 1)
        {
            return WriteNumbers(tag, vr, values);
        }

        if (!vr.IsText())
        {
            return null;
        }

        var written = new string[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            if (Conform(vr, values[index]) is not { } value)
            {
                return null;
            }

            written[index] = value;
        }

        var joined = string.Join('\\', written);
        return new ValueElement(tag, vr, vr.UsesCharacterSet() ? set.Encode(joined, OriginalText.DelimitersOf(vr)) : System.Text.Encoding.UTF8.GetBytes(joined));
    }

    private static string? Conform(VR vr, string value) => vr switch
    {
        VR.LO or VR.SH or VR.CS or VR.AE or VR.IS or VR.DS => value.TrimEnd(Padding).TrimStart(' '),
        VR.LT or VR.ST or VR.UT or VR.UC or VR.UR => value.TrimEnd(Padding),
        VR.AS or VR.UI => value,
        VR.PN => Name(value),
        VR.DA => Date().IsMatch(value) ? value : null,
        VR.TM => Time().IsMatch(value) ? value : null,
        VR.DT => DateTime().IsMatch(value) ? value : null,
        _ => null,
    };

    // Empty components and groups at the end go; of more than five components the last stands for all behind the fourth.
    private static string? Name(string value)
    {
        var groups = JavaText.Split(value, '=');
        return groups.Length > MostNameGroups ? null : string.Join('=', groups.Select(Components)).TrimEnd('=');
    }

    private static string Components(string group)
    {
        var parts = group.Split('^');
        return (parts.Length <= 5 ? group : string.Join('^', parts[..4]) + "^" + parts[^1]).TrimEnd('^');
    }

    private static ValueElement? WriteNumbers(DicomTag tag, VR vr, string[] values)
    {
        var width = vr == VR.AT ? 4 : vr.UnitSize();
        var bytes = new byte[values.Length * width];
        for (var index = 0; index < values.Length; index++)
        {
            if (!TryWrite(bytes.AsSpan(index * width, width), vr, values[index]))
            {
                return null;
            }
        }

        return new ValueElement(tag, vr, bytes);
    }

    private static bool TryWrite(Span<byte> target, VR vr, string text)
    {
        switch (vr)
        {
            case VR.US or VR.SS or VR.UL or VR.SL:
                return TryWriteInteger(target, vr, text);
            case VR.FL when TryReal(text, out var single) && !double.IsInfinity((float)single):
                BinaryPrimitives.WriteSingleLittleEndian(target, (float)single);
                return true;
            case VR.FD when TryReal(text, out var number):
                BinaryPrimitives.WriteDoubleLittleEndian(target, number);
                return true;
            case VR.AT when uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value <= int.MaxValue:
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)(value >> 16));
                BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)value);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReal(string text, out double number) =>
        double.TryParse(text.TrimEnd('f', 'F', 'd', 'D'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool TryWriteInteger(Span<byte> target, VR vr, string text)
    {
        var (least, most) = vr switch
        {
            VR.US => (0L, (long)ushort.MaxValue),
            VR.SS => (short.MinValue, short.MaxValue),
            VR.UL => (0L, uint.MaxValue),
            _ => (int.MinValue, (long)int.MaxValue),
        };
        if (JavaText.ParseLong(text) is not { } value || value < least || value > most)
        {
            return false;
        }

        Span<byte> little = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(little, value);
        little[..target.Length].CopyTo(target);
        return true;
    }

    [GeneratedRegex(@"\A-?[0-9]{8,}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Date();

    // Hours and minutes at least; also a range of two.
    [GeneratedRegex(@"\A-?[0-9]{2}:?[0-9]{2}:?[0-9 ]*(\.[0-9]*)? *(-[0-9]{2}:?[0-9]{2}:?[0-9 ]*(\.[0-9]*)?)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Time();

    // The last form is what the original makes of dates with hyphens.
    [GeneratedRegex(@"\A(([0-9]{4}( ?[0-9]{2}){0,4}|[0-9]{13,}(\.[0-9]+)?)([+-][0-9]{4})? *|[0-9]{4}(-[0-9]+)+)\z", RegexOptions.NonBacktracking)]
    private static partial Regex DateTime();
}
