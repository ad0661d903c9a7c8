using Smi.Dicom;

namespace Smi.Deid;

/// <summary>De-identification Method and its code sequence, from what the stages say they did to this file (PS3.3 C.12.1.1.7).</summary>
internal static class MethodAttributes
{
    public static void Set(DeidContext context)
    {
        if (context.Report.MethodCodes.Count == 0)
        {
            return;
        }

        var text = string.Join('\\', context.Report.MethodCodes.Select(MethodCodes.Meaning));
        context.Edited.SetString(DicomTags.DeidentificationMethod, VR.LO, text);
        context.Edited.Set(new SequenceElement(DicomTags.DeidentificationMethodCodeSequence, [.. context.Report.MethodCodes.Select(Item)]));
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
