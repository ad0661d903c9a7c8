using System.Globalization;
using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// A term of a CTP signature: an attribute, a method, a text. CTP compares one text, which is empty for a missing attribute and holds all
/// values of several; a term is also taken to hold for one value of several and for an attribute of any item, because that is what is meant by it.
/// </summary>
internal static class CtpTerm
{
    /// <summary>Null when there is no such method.</summary>
    /// <exception cref="ArgumentException">The text of <c>matches</c> is no regular expression.</exception>
    public static CtpCondition? Parse(string attribute, string method, string text, int line)
    {
        if (Comparison(method, text, line) is not { } compares)
        {
            return null;
        }

        var reference = ElementReference.Parse(attribute, new CompileScope(new FaultLog(isStrict: false), lookup: null));
        var single = RuleAttribute.Find(attribute);
        return (subject, isNegated) =>
        {
            var isRead = compares(subject.CtpText(reference));
            return isNegated ? isRead && (IsMeant(subject, single, compares) ?? true) : isRead || (IsMeant(subject, single, compares) ?? false);
        };
    }

    public static bool IsKnown(string attribute) =>
        RuleAttribute.Find(attribute) is not null || !ElementReference.Parse(attribute, new CompileScope(new FaultLog(isStrict: false), lookup: null)).IsUnknown;

    /// <summary>Null where there are no single values.</summary>
    private static bool? IsMeant(RuleSubject subject, DicomTag? attribute, Func<string, bool> compares) =>
        attribute is { } tag && subject.Texts(tag) is { Count: > 0 } texts ? texts.Any(compares) : null;

    private static Func<string, bool>? Comparison(string method, string text, int line) => method switch
    {
        "equals" => value => value == text,
        "equalsIgnoreCase" => value => value.Equals(text, StringComparison.OrdinalIgnoreCase),
        "contains" => value => value.Contains(text, StringComparison.Ordinal),
        "containsIgnoreCase" => value => value.Contains(text, StringComparison.OrdinalIgnoreCase),
        "startsWith" => value => value.StartsWith(text, StringComparison.Ordinal),
        "startsWithIgnoreCase" => value => value.StartsWith(text, StringComparison.OrdinalIgnoreCase),
        "endsWith" => value => value.EndsWith(text, StringComparison.Ordinal),
        "endsWithIgnoreCase" => value => value.EndsWith(text, StringComparison.OrdinalIgnoreCase),
        "isLessThan" => value => Number(value) < Number(text),
        "isGreaterThan" => value => Number(value) > Number(text),
        "matches" => Matching(text, line),
        _ => null,
    };

    private static Func<string, bool> Matching(string text, int line)
    {
        var pattern = JavaPattern.Parse(text, line);
        return value => pattern.IsFullMatch(value) ?? throw new DicomFormatException("an expression of a region rule takes too long to compare");
    }

    /// <summary>CTP counts digits and points alone: an age of 045Y is 45, and signs are lost. Nothing compares with what is no number then.</summary>
    private static double Number(string text) =>
        double.TryParse(string.Concat(text.Where(character => char.IsAsciiDigit(character) || character == '.')), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
}
