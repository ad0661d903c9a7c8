using System.Buffers;
using System.Globalization;
using System.Text;

namespace Smi.Dicom;

/// <summary>
/// Whether a text is a conformant value of a VR: length, repertoire and syntax (PS3.5 table 6.2-1). One value at a time, already
/// decoded; an empty one is conformant for every string VR. VRs that are no strings have no conformant text.
/// </summary>
public static class ValueChecks
{
    private const int LongestTime = 16;
    private const int LongestDateTime = 26;

    // RFC 3986: unreserved, reserved and the percent sign.
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789+-.eE");

    public static bool IsValid(VR vr, string value) => vr.IsText() && (value.Length == 0 || IsValidText(vr, value));

    private static bool IsValidText(VR vr, string value) => vr switch
    {
        VR.AE => IsAsciiLine(value, 16) && !string.IsNullOrWhiteSpace(value),
        VR.AS => value.Length == 4 && AreDigits(value.AsSpan(0, 3)) && value[3] is 'D' or 'W' or 'M' or 'Y',
        VR.CS => value.Length <= 16 && value.All(character => character is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or ' ' or '_'),
        VR.DA => value.Length == 8 && IsDate(value),
        VR.DS => value.Length <= 16 && IsDecimal(value.AsSpan().Trim(' ')),
        VR.DT => value.Length <= LongestDateTime && IsDateTime(value.AsSpan().TrimEnd(' ')),
        VR.IS => value.Length <= 12 && IsInteger(value.AsSpan().Trim(' ')),
        VR.LO => IsLine(value, 64),
        VR.LT => IsText(value, 10240),
        VR.PN => IsPersonName(value),
        VR.SH => IsLine(value, 16),
        VR.ST => IsText(value, 1024),
        VR.TM => value.Length <= LongestTime && IsTime(value.AsSpan().TrimEnd(' ')),
        VR.UC => IsLine(value, int.MaxValue),
        VR.UI => IsUid(value),
        VR.UR => IsUri(value),
        VR.UT => IsText(value, int.MaxValue),
        _ => false,
    };

    private static bool IsAsciiLine(string value, int longest) =>
        value.Length <= longest && value.All(character => character is >= ' ' and <= '~' and not '\\');

    private static bool IsLine(string value, int longest) =>
        IsReadable(value, longest) && !value.Any(character => char.IsControl(character) || character == '\\');

    // The control characters of text are TAB, LF, FF and CR (PS3.5 6.1.3).
    private static bool IsText(string value, int longest) =>
        IsReadable(value, longest) && !value.Any(character => char.IsControl(character) && character is not ('\t' or '\n' or '\f' or '\r'));

    // Lengths are in characters, and U+FFFD stands for bytes that were none.
    private static bool IsReadable(string value, int longest)
    {
        var count = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            count++;
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return count <= longest;
    }

    private static bool IsPersonName(string value) =>
        IsLine(value, int.MaxValue)
        && value.Split('=') is { Length: <= 3 } groups
        && groups.All(group => IsReadable(group, 64) && group.Count(character => character == '^') <= 4);

    private static bool IsDecimal(ReadOnlySpan<char> value)
    {
        const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return !value.ContainsAnyExcept(DecimalCharacters) && double.TryParse(value, Decimal, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsInteger(ReadOnlySpan<char> value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsUid(string value) =>
        value.Length <= 64 && value.Split('.').All(component => AreDigits(component) && (component.Length == 1 || component[0] != '0'));

    private static bool IsUri(string value)
    {
        var uri = value.AsSpan().TrimEnd(' ');
        return !uri.IsEmpty && !uri.ContainsAnyExcept(UriCharacters);
    }

    private static bool IsDate(ReadOnlySpan<char> value) =>
        AreDigits(value) && DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // YYYYMMDDHHMMSS.FFFFFF&ZZXX, of which only the year must be there, and the offset may follow any precision.
    private static bool IsDateTime(ReadOnlySpan<char> value)
    {
        var sign = value.IndexOfAny('+', '-');
        var moment = sign < 0 ? value : value[..sign];
        var date = moment[..Math.Min(8, moment.Length)];
        return (sign < 0 || IsOffset(value[sign..]))
            && AreDigits(date)
            && date.Length switch
            {
                4 => IsDate($"{date}0101"),
                6 => IsDate($"{date}01"),
                8 => IsDate(date) && (moment.Length == 8 || IsTime(moment[8..])),
                _ => false,
            };
    }

    // From -1200 to +1400; -0000 is not allowed.
    private static bool IsOffset(ReadOnlySpan<char> value)
    {
        if (value.Length != 5 || !AreDigits(value[1..]))
        {
            return false;
        }

        var (hours, minutes) = (Number(value.Slice(1, 2)), Number(value.Slice(3, 2)));
        var total = (hours * 60) + minutes;
        return minutes < 60 && (value[0] == '+' ? total <= 14 * 60 : total is > 0 and <= 12 * 60);
    }

    // HHMMSS.FFFFFF, of which the hours must be there; 60 seconds for a leap second.
    private static bool IsTime(ReadOnlySpan<char> value)
    {
        var point = value.IndexOf('.');
        var clock = point < 0 ? value : value[..point];
        return clock.Length is 2 or 4 or 6
            && AreDigits(clock)
            && (point < 0 || (clock.Length == 6 && value.Length - point is >= 2 and <= 7 && AreDigits(value[(point + 1)..])))
            && Number(clock[..2]) < 24
            && (clock.Length < 4 || Number(clock.Slice(2, 2)) < 60)
            && (clock.Length < 6 || Number(clock.Slice(4, 2)) <= 60);
    }

    private static bool AreDigits(ReadOnlySpan<char> value) => !value.IsEmpty && !value.ContainsAnyExceptInRange('0', '9');

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
