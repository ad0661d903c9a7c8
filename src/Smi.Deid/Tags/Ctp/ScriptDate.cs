using System.Globalization;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// Date arithmetic of the language: lenient, so that day 31 of a short month is a day of the next; Julian before 15 October 1582.
/// Days are Julian day numbers.
/// </summary>
internal static class ScriptDate
{
    private const int Digits = 8;
    private const int IsoLength = 10;
    private const long GregorianStart = 2299161;

    /// <summary>The date some days later, with what follows its first characters unchanged; null when it is no date.</summary>
    public static string? Shift(string date, long days, bool isStrict) =>
        ParseFor(date, isStrict) is { } day && Math.Abs(days) < int.MaxValue ? Print(date, day + days, isStrict) : null;

    /// <summary>The date with other parts; null leaves a part as it is.</summary>
    public static string? Replace(string date, int? year, int? month, int? day, bool isStrict)
    {
        if (ParseFor(date, isStrict) is not { } number)
        {
            return null;
        }

        var (presentYear, presentMonth, presentDay) = PartsOf(number);
        return Print(date, DayOf(year ?? presentYear, month ?? presentMonth, day ?? presentDay), isStrict);
    }

    /// <summary>yyyyMMdd; null when it is something else.</summary>
    public static long? ParsePlain(string text) =>
        text.Length == Digits && text.All(char.IsAsciiDigit) ? DayOf(Number(text[..4]), Number(text[4..6]), Number(text[6..8])) : null;

    /// <summary>M/d/yyyy, as lookup tables have it; null when it is something else.</summary>
    public static long? ParseAmerican(string? text)
    {
        var parts = (text ?? "").Trim().Split('/');
        return parts.Length == 3 && parts.All(part => part.Length is > 0 and < 5 && part.All(char.IsAsciiDigit))
            ? DayOf(Number(parts[2]), Number(parts[0]), Number(parts[1]))
            : null;
    }

    // To the original a hyphen anywhere is one of yyyy-MM-dd. Here one behind the date begins a time zone, or else a range, of which
    // the second date would stay.
    private static long? ParseFor(string date, bool isStrict)
    {
        var hyphen = isStrict ? -1 : date.LastIndexOf('-');
        return hyphen < Digits ? Parse(date)
            : hyphen == date.Length - 5 && date.IndexOf('-', StringComparison.Ordinal) == hyphen ? Parse(date[..hyphen])
            : null;
    }

    // A time behind the date counts: 24 hours of it are another day.
    private static long? Parse(string date)
    {
        var text = string.Concat(date.Where(character => character is not ('@' or ':' or 'T' or '-') && !JavaText.IsWhiteSpace(character)));
        text = text.StartsWith("00", StringComparison.Ordinal) ? "19" + text[2..] : text;
        if (text.Length < Digits || !text.AsSpan(0, Digits).ContainsAnyInRange('0', '9') || text.AsSpan(0, Digits).ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var day = DayOf(Number(text[..4]), Number(text[4..6]), Number(text[6..8]));
        return text.Length == Digits ? day : day + DaysOf(text[Digits..]);
    }

    private static long? DaysOf(string time)
    {
        var end = time.IndexOf('&', StringComparison.Ordinal);
        time = end < 0 ? time : time[..end];
        if (time.Length < 4 || JavaText.ParseInt(time[..2]) is not { } hours || JavaText.ParseInt(time[2..4]) is not { } minutes)
        {
            return null;
        }

        var seconds = 0f;
        if (time.Length > 4 && !float.TryParse(time[4..], NumberStyles.Float, CultureInfo.InvariantCulture, out seconds))
        {
            return null;
        }

        return (long)Math.Floor(((hours * 3600L) + (minutes * 60L) + (int)seconds) / 86400.0);
    }

    private static string Print(string date, long number, bool isStrict)
    {
        var isIso = isStrict ? date.Contains('-', StringComparison.Ordinal) : date.IndexOf('-', StringComparison.Ordinal) is >= 0 and < Digits;
        var (year, month, day) = PartsOf(number);
        var separator = isIso ? "-" : "";
        var length = isIso ? IsoLength : Digits;
        var rest = date.Length > length ? date[length..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}{separator}{month:00}{separator}{day:00}{rest}");
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // Months beyond December run into the next year and month 0 is December of the last one.
    private static long DayOf(int year, int month, int day)
    {
        var months = (year * 12L) + month - 1;
        var (y, m) = ((int)Math.Floor(months / 12.0), (int)(((months % 12) + 12) % 12) + 1);
        var a = (14 - m) / 12;
        var (yy, mm) = (y + 4800L - a, m + (12 * a) - 3);
        var start = (((153 * mm) + 2) / 5) + (365 * yy) + (yy / 4);
        var gregorian = start - (yy / 100) + (yy / 400) - 32045 + day;
        return gregorian >= GregorianStart ? gregorian : start - 32083 + day;
    }

    private static (int Year, int Month, int Day) PartsOf(long number)
    {
        var (a, b) = (number + 32044, 0L);
        if (number >= GregorianStart)
        {
            b = ((4 * a) + 3) / 146097;
            a -= 146097 * b / 4;
        }
        else
        {
            a = number + 32082;
        }

        var d = ((4 * a) + 3) / 1461;
        var e = a - (1461 * d / 4);
        var m = ((5 * e) + 2) / 153;
        var day = e - (((153 * m) + 2) / 5) + 1;
        return ((int)((100 * b) + d - 4800 + (m / 10)), (int)(m + 3 - (12 * (m / 10))), (int)day);
    }
}
