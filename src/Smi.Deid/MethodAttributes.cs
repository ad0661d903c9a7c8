using Smi.Deid.Tags.Profile;
using Smi.Dicom;

namespace Smi.Deid;

/// <summary>
/// De-identification Method and its code sequence, from what the stages say they did to this file (PS3.3 C.12.1.1.7). What a script wrote
/// there stays, and what this program did besides comes behind it; under a profile nothing of the original stays.
/// </summary>
internal static class MethodAttributes
{
    public static void Set(DeidContext context)
    {
        if (context.Report.MethodCodes.Count == 0 && context.TagTool is null)
        {
            return;
        }

        DeidentificationMarks.SetDateState(context);
        var keepsPresent = context.Policy.Script is not null || context.TagTool is not null;
        SetText(context, keepsPresent);
        SetCodes(context, keepsPresent);
    }

    private static void SetText(DeidContext context, bool keepsPresent)
    {
        var present = keepsPresent ? context.Edited.GetStrings(DicomTags.DeidentificationMethod) : [];
        IEnumerable<string> tool = context.TagTool is { } name ? [$"Attributes by the tool {name}"] : [];
        var meanings = context.Report.MethodCodes.Select(MethodCodes.Meaning);
        context.Edited.SetString(DicomTags.DeidentificationMethod, VR.LO, string.Join('\\', present.Concat(tool).Union(meanings, StringComparer.Ordinal)));
    }

    private static void SetCodes(DeidContext context, bool keepsPresent)
    {
        IReadOnlyList<DicomDataSet> present = keepsPresent ? context.Edited.FindSequence(DicomTags.DeidentificationMethodCodeSequence)?.Items ?? [] : [];
        var stated = present.Select(item => item.GetString(DicomTags.CodeValue)).ToHashSet();
        var added = context.Report.MethodCodes.Where(code => !stated.Contains(code)).Select(Item).ToList();
        if (present.Count + added.Count > 0)
        {
            context.Edited.Set(new SequenceElement(DicomTags.DeidentificationMethodCodeSequence, [.. present, .. added]));
        }
    }

    private static DicomDataSet Item(string code)
    {
        var item = new DicomDataSet();
        item.SetString(DicomTags.CodeValue, VR.SH, code);
        item.SetString(DicomTags.CodingSchemeDesignator, VR.SH, "DCM");
        item.SetString(DicomTags.CodeMeaning, VR.LO, MethodCodes.Meaning(code));
        return item;
    }
}
