using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>A script in plain sentences.</summary>
internal static class CtpExplanation
{
    public static IEnumerable<string> Of(CtpScript script)
    {
        foreach (var rule in script.Rules)
        {
            yield return $"{NameOf(rule.Tag)}: {Sentence(rule)} (line {rule.Line})";
        }

        foreach (var group in script.Switches.KeptGroups.Order())
        {
            yield return $"Group {group:X4}: attributes without a rule are kept.";
        }

        foreach (var sentence in Switches(script.Switches))
        {
            yield return sentence;
        }
    }

    /// <summary>What one rule does.</summary>
    public static string Sentence(CtpRule rule)
    {
        var when = rule.Inserts ? " It is made when it is missing." : "";
        return rule.Tag.Tag == DicomTags.DeidentificationMethodCodeSequence ? $"these codes are added: {rule.Text}."
            : rule.Constant is { } outcome ? Constant(outcome) + when
            : $"replaced by {rule.Text}.{when}";
    }

    private static string Constant(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Keep => "kept.",
        OutcomeKind.Remove => "removed.",
        OutcomeKind.Empty => "emptied.",
        OutcomeKind.Blank => $"replaced by {outcome.Text.Length} blanks.",
        _ => $"replaced by \"{outcome.Text}\".",
    };

    private static IEnumerable<string> Switches(CtpSwitches switches)
    {
        if (switches.RemovesPrivate)
        {
            yield return "Private attributes without a rule are removed.";
        }

        if (switches.RemovesOverlays)
        {
            yield return "Overlays (60xx) are removed, whatever rules say.";
        }

        if (switches.RemovesCurves)
        {
            yield return "Curves (50xx) without a rule are removed.";
        }

        yield return switches.RemovesUnspecified
            ? "All other attributes are removed, but for SOP Class, SOP Instance and Study Instance UID, group 0028 and the image."
            : "All other attributes are kept.";
    }

    private static string NameOf(RuleTag tag) =>
        tag.Creator is null && DicomDictionary.Find(tag.Tag) is { } entry ? $"{tag} {entry.Name}" : tag.ToString();
}
