using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// One criterion of a recipe. It holds when deid says so, which compares the text that pydicom makes of an attribute, and when what is meant by it
/// holds: one value of several, an attribute of an item, an equal number, an expression behind <c>equals</c>. Not to hold, both must fail.
/// </summary>
/// <param name="verb">In small letters.</param>
/// <param name="field">How the recipe names the attribute; a comment may hang on it.</param>
/// <param name="pattern">What is meant by the value.</param>
/// <param name="deidValue">What deid compares with.</param>
internal sealed class DeidCriterion(string verb, string field, RulePattern pattern, string deidValue)
{
    private readonly string wanted = deidValue.ToLowerInvariant().Trim();

    // deid makes the expression small as it does the value, escapes included.
    private readonly RuleExpression? expression = RuleExpression.Parse(deidValue.ToLowerInvariant().Trim(), isWhole: false, ignoresCase: false, looksAround: true);
    private readonly DicomTag? tag = RuleAttribute.Find(DeidCriteria.WithoutComment(field));

    public bool Holds(RuleSubject subject) => IsMeant(subject) || IsRead(subject);

    private bool IsRead(RuleSubject subject)
    {
        var (element, text) = Read(subject.Original);
        return verb switch
        {
            "contains" => IsIn(text),
            "notcontains" => !IsIn(text),
            "equals" => text?.ToLowerInvariant().Trim() == wanted,
            "notequals" => text?.ToLowerInvariant().Trim() != wanted,
            "missing" => element is null || (text is null && element is not SequenceElement),
            "present" => element is not null && (text is not null || element is SequenceElement),
            // A number that is 0 counts as empty.
            _ => element is not null && (string.IsNullOrEmpty(text) || (IsNumber(element.EffectiveVR) && RulePattern.Number(text) == 0)),
        };
    }

    private bool IsIn(string? text) =>
        text is not null && expression is not null && RulePattern.Matches(expression, text.ToLowerInvariant().Trim());

    /// <summary>deid looks by keyword, or by number from 0x on, in the data set itself.</summary>
    private (DicomElement? Element, string? Text) Read(DicomDataSet original)
    {
        if (field.StartsWith("0x", StringComparison.Ordinal))
        {
            return uint.TryParse(field.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && original.Find(new DicomTag(number)) is { } numbered
                ? (numbered, PydicomText.OfElement(numbered, original))
                : (null, null);
        }

        return DicomDictionary.FindKeyword(field) is { } entry && original.Find(entry.Tag) is { } element
            ? (element, PydicomText.OfValue(element, original))
            : (null, null);
    }

    private bool IsMeant(RuleSubject subject) => tag is { } known
        ? verb switch
        {
            "contains" => subject.Texts(known).Any(pattern.IsIn),
            "notcontains" => !subject.Texts(known).Any(pattern.IsIn),
            "equals" => subject.Texts(known).Any(pattern.Is),
            "notequals" => !subject.Texts(known).Any(pattern.Is),
            "missing" => !subject.IsPresent(known),
            "present" => subject.IsPresent(known),
            _ => subject.IsEmpty(known),
        }
        : verb is "missing" or "notcontains" or "notequals";

    private static bool IsNumber(VR vr) => vr is VR.IS or VR.DS or VR.US or VR.SS or VR.UL or VR.SL or VR.UV or VR.SV or VR.FL or VR.FD;
}
