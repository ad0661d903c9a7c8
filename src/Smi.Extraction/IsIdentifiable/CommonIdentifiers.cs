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

    /// <summary>Ten digits that begin with a date of birth. A wrong check digit, the last one, is as likely a slip of the pen as no CHI number.</summary>
    private static bool IsChi(string digits) => DateTime.TryParseExact(digits[..6], "ddMMyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"\b[0-9]{10}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex CandidateNumber();

    [GeneratedRegex(@"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Postcode();

    [GeneratedRegex(
        @"\b([0-3]?[0-9][/.-][01]?[0-9][/.-](19|20)?[0-9]{2}|(19|20)[0-9]{2}[/-][01][0-9][/-][0-3][0-9]|[0-3]?[0-9](st|nd|rd|th)?[ /-]?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ ,/-]*(19|20)[0-9]{2}|[0-3]?[0-9](st|nd|rd|th) (of )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* [0-3]?[0-9](st|nd|rd|th|,? (19|20)[0-9]{2}))\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WrittenDate();
}
