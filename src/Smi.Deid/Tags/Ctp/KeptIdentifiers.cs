using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Says which identifying attributes the script leaves as they are, so that nobody searches the output for them.</summary>
internal static class KeptIdentifiers
{
    public static void Report(CtpScript script, DeidContext context)
    {
        foreach (var identifier in context.Known.All)
        {
            if (IsKept(identifier.Source, script, context))
            {
                context.KeptByPolicy.Add(identifier.Source);
            }
        }
    }

    private static bool IsKept(DicomTag tag, CtpScript script, DeidContext context)
    {
        var switches = script.Switches;
        if (script.FindRule(tag, context.Original) is not { } rule)
        {
            return switches.Keeps(tag) || !(switches.RemovesUnspecified || (switches.RemovesPrivate && tag.IsPrivate));
        }

        // A rule that depends on the file has kept the attribute when the element is still the same object.
        return rule.Constant is { } outcome
            ? outcome.Kind == OutcomeKind.Keep
            : context.Original.Find(tag) is { } original && ReferenceEquals(context.Edited.Find(tag), original);
    }
}
