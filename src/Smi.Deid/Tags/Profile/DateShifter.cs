using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// Moves dates and date-times by whole days (PS3.15 E.3.6). Times of day, fractions and time zones stay, so that intervals
/// survive to the second.
/// </summary>
public static class DateShifter
{
    /// <summary>
    /// Every value of a DA or DT attribute, moved; null when one of them is no date. A date-time of year or month precision is moved
    /// from the middle of its period and keeps its precision.
    /// </summary>
    public static string? Shift(string values, int days)
    {
        var shifted = values.Split('\\').Select(value => value.Length == 0 ? "" : ShiftOne(value.Trim(), days)).ToArray();
        return shifted.Contains(null) ? null : string.Join('\\', shifted);
    }

    private static string? ShiftOne(string value, int days)
    {
        var digits = value.TakeWhile(char.IsAsciiDigit).Count();
        if (value.Length == 10 && digits == 4 && value[4] == '.' && value[7] == '.')
        {
            // The form of ACR-NEMA (PS3.5 6.2 note): yyyy.mm.dd
            return ShiftOne(value.Replace(".", "", StringComparison.Ordinal), days);
        }

        var (template, rest) = digits switch
        {
            4 => (value[..4] + "0701", value[4..]),
            6 => (value[..6] + "15", value[6..]),
            >= 8 => (value[..8], value[8..]),
            _ => ("", ""),
        };
        if (!DateTime.TryParseExact(template, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year <= 11)
        {
            return null;
        }

        // What follows the date is time, fraction and offset from UTC; anything else would let text pass as part of a date.
        var shifted = date.AddDays(days).ToString("yyyyMMdd", CultureInfo.InvariantCulture)[..Math.Min(digits, 8)] + rest;
        return ValueChecks.IsValid(VR.DT, shifted) ? shifted : null;
    }
}
