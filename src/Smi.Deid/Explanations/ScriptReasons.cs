using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Explanations;

/// <summary>Reasons of a CTP script: the rule and its line, or the switch that decides without one.</summary>
internal sealed class ScriptReasons(CtpScript script) : IRuleReasons
{
    public string Of(DicomElement element, DicomDataSet original)
    {
        var tag = element.Tag;
        var switches = script.Switches;
        if (switches.RemovesOverlays && CtpSwitches.IsOverlay(tag))
        {
            return "overlays are removed whatever rules say (<r t=\"overlays\">)";
        }

        if (script.FindRule(tag, original) is { } rule)
        {
            return $"rule at line {rule.Line}: {rule.Text}";
        }

        return Unruled(tag, switches, original.Parent is not null);
    }

    private static string Unruled(DicomTag tag, CtpSwitches switches, bool isInItem) => tag switch
    {
        _ when tag == DicomTags.DataSetTrailingPadding || tag == DicomTags.DigitalSignaturesSequence => "signatures and padding never stay",
        _ when switches.KeptGroups.Contains(tag.Group) => $"no rule; group {tag.Group:X4} is kept (<k t=\"{tag.Group:X4}\">){InItem(isInItem)}",
        _ when CtpSwitches.IsCurve(tag) && switches.RemovesCurves => "no rule; curves are removed (<r t=\"curves\">)",
        _ when switches.Keeps(tag) => $"no rule; the language keeps it always{InItem(isInItem)}",
        _ when tag.IsPrivate && switches.RemovesPrivate => "no rule; private attributes are removed (<r t=\"privategroups\">), but for creators of what stays",
        _ when switches.RemovesUnspecified => $"no rule; attributes without one are removed (<r t=\"unspecifiedelements\">){(isInItem ? ", in a sequence that is kept by name only those that PS3.15 table E.1-1 treats" : "")}",
        _ => "no rule; attributes without one are kept",
    };

    private static string InItem(bool isInItem) => isInItem ? ", in items too" : "";
}
