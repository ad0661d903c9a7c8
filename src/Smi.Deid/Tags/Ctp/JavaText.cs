using System.Globalization;

namespace Smi.Deid.Tags.Ctp;

/// <summary>What scripts know of text is what Java does with it: trimming, splitting, numbers, case.</summary>
internal static class JavaText
{
    /// <summary>Without characters up to U+0020 at both ends.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>The parts between the delimiters, without empty ones at the end; a text without delimiter is one part, even when empty.</summary>
    public static string[] Split(string text, char delimiter)
    {
        if (!text.Contains(delimiter, StringComparison.Ordinal))
        {
            return [text];
        }

        var parts = text.Split(delimiter);
        var count = parts.Length;
        while (count > 0 && parts[count - 1].Length == 0)
        {
            count--;
        }

        return parts[..count];
    }

    public static int? ParseInt(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static long? ParseLong(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string ToUpper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    public static bool IsWhiteSpace(char character) => character is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';

    /// <summary>A double as Java prints it: a decimal point always, an exponent below 1E-3 and from 1E7.</summary>
    public static string Print(double number) => Arrange(number, number.ToString("E16", CultureInfo.InvariantCulture), number.ToString("R", CultureInfo.InvariantCulture));

    public static string Print(float number) => Arrange(number, number.ToString("E8", CultureInfo.InvariantCulture), number.ToString("R", CultureInfo.InvariantCulture));

    private static string Arrange(double number, string scientific, string shortest)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        var size = Math.Abs(number);
        if (size is 0 or (>= 1e-3 and < 1e7))
        {
            var plain = shortest.Contains('E', StringComparison.Ordinal) ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : shortest;
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        var exponent = int.Parse(scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var sign = number < 0 ? "-" : "";
        return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}";
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var digits = mantissa.TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
