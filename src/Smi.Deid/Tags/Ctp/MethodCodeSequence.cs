using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>De-identification Method Code Sequence, whose rule is a list of codes divided by slashes; <c>reset</c> begins anew.</summary>
internal static class MethodCodeSequence
{
    // CID 7050, as the original spells it.
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["113100"] = "Basic Application Confidentiality Profile",
        ["113101"] = "Clean Pixel Data Option",
        ["113102"] = "Clean Recognizable Visual Features Option",
        ["113103"] = "Clean Graphics Option",
        ["113104"] = "Clean Structured Content Option",
        ["113105"] = "Clean Descriptors Option",
        ["113106"] = "Retain Longitudinal Temporal Information Full Dates Option",
        ["113107"] = "Retain Longitudinal Temporal Information Modified Dates Option",
        ["113108"] = "Retain Patient Characteristics Option",
        ["113109"] = "Retain Device Identity Option",
        ["113110"] = "Retain UIDs",
        ["113111"] = "Retain Safe Private Option",
        ["113112"] = "Retain Institution Identity Option",
    };

    /// <summary>The element that comes out of a rule; null when there is none.</summary>
    public static DicomElement? Apply(CtpRule rule, DicomElement? present, Evaluation run)
    {
        if (rule.Text.Length == 0 || rule.Text == DirectiveText.Keep)
        {
            return present;
        }

        if (rule.Text == DirectiveText.Remove)
        {
            return null;
        }

        List<DicomDataSet> items = [.. (present as SequenceElement)?.Items ?? []];
        var codes = JavaText.Trim(run.EvaluateMissing(rule, DicomTags.DeidentificationMethodCodeSequence));
        foreach (var code in JavaText.Split(codes, '/').Select(JavaText.Trim))
        {
            if (code.Equals("reset", StringComparison.OrdinalIgnoreCase))
            {
                items.Clear();
            }
            else
            {
                items.Add(Item(code));
            }
        }

        return new SequenceElement(DicomTags.DeidentificationMethodCodeSequence, items);
    }

    private static DicomDataSet Item(string code)
    {
        var meaning = Meanings.GetValueOrDefault(code);
        var item = new DicomDataSet();
        item.SetString(DicomTags.CodeValue, VR.SH, code);
        item.SetString(DicomTags.CodingSchemeDesignator, VR.SH, meaning is null ? "UNKNOWN" : "DCM");
        item.SetString(DicomTags.CodeMeaning, VR.LO, meaning ?? "UNKNOWN");
        return item;
    }
}
