using System.Globalization;
using System.Text.RegularExpressions;
using Smi.Extraction.Settings;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>What identifies people in any text, without rules: CHI numbers, UK postcodes, and dates in words and digits.</summary>
internal sealed partial class CommonIdentifiers(IsIdentifiableSettings settings)
{
    public IReadOnlyList<FailurePart> Find(string text)
    {
        var parts = new List<FailurePart>();
        parts.AddRange(Parts(CandidateNumber(), text, FailureClassification.PrivateIdentifier).Where(part => IsChi(part.Word)));
        if (!settings.IgnorePostcodes)
        {
            parts.AddRange(Parts(Postcode(), text, FailureClassification.Postcode));
        }

        if (!settings.IgnoreDatesInText)
        {
            parts.AddRange(Parts(WrittenDate(), text, FailureClassification.Date));
        }

        return parts;
    }

    private static IEnumerable<FailurePart> Parts(Regex expression, string text, FailureClassification classification) =>
        expression.Matches(text).Select(match => new FailurePart { Word = match.Value, Classification = classification, Offset = match.Index });

    /// <summary>Ten digits: the date of birth, three digits, and a check digit modulo 11.</summary>
    private static bool IsChi(string digits)
    {
        if (!DateTime.TryParseExact(digits[..6], "ddMMyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return false;
        }

        var sum = Enumerable.Range(0, 9).Sum(index => (digits[index] - '0') * (10 - index));
        return (11 - (sum % 11)) % 11 == digits[9] - '0';
    }

    [GeneratedRegex(@"\b[0-9]{10}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex CandidateNumber();

    [GeneratedRegex(@"\b[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Postcode();

    [GeneratedRegex(
        @"\b([0-3]?[0-9][/.-][01]?[0-9][/.-](19|20)?[0-9]{2}|(19|20)[0-9]{2}[/-][01][0-9][/-][0-3][0-9]|[0-3]?[0-9] (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (19|20)[0-9]{2})\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WrittenDate();
}
