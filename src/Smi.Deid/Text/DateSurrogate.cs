using System.Globalization;

namespace Smi.Deid.Text;

/// <summary>Moves a written date by whole days and writes it as it was written.</summary>
internal static class DateSurrogate
{
    private static readonly string[] Clear =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "dd MMMM yyyy", "d MMMM yyyy", "dd MMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy",
        "dd-MMM-yyyy", "d-MMM-yyyy", "ddMMMyyyy", "dd MMM yy", "d MMM yy", "dd-MMM-yy",
    ];

    private static readonly string[] DayFirst = [.. Numeric("dd", "MM"), .. Numeric("d", "M")];
    private static readonly string[] MonthFirst = [.. Numeric("MM", "dd"), .. Numeric("M", "d")];

    /// <summary>Null for a date without day, month and year, or in words that are not understood.</summary>
    public static string? Shift(string value, int days, bool monthFirst)
    {
        string[] formats = [.. Clear, .. monthFirst ? MonthFirst : DayFirst, .. monthFirst ? DayFirst : MonthFirst];
        foreach (var format in formats)
        {
            if (!DateTime.TryParseExact(value, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year <= 11) continue;
            var moved = date.AddDays(days).ToString(format, CultureInfo.InvariantCulture);
            return value.Any(char.IsLower) || !value.Any(char.IsLetter) ? moved : moved.ToUpperInvariant();
        }

        return null;
    }

    private static IEnumerable<string> Numeric(string first, string second) =>
        from separator in (string[])["/", ".", "-"] from year in (string[])["yyyy", "yy"] select $"{first}'{separator}'{second}'{separator}'{year}";
}
