using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>Values that mean nothing and are valid for their VR (PS3.15 E.1.1, action D).</summary>
internal static class DummyValues
{
    private const string Text = "ANONYMIZED";

    /// <summary>The element with a dummy value; sequences get one coded item that says nothing.</summary>
    public static DicomElement For(DicomTag tag, VR vr, DicomDataSet holder) => vr switch
    {
        VR.SQ => new SequenceElement(tag, [CodedItem()]),
        VR.AS => holder.TextElement(tag, vr, "000D"),
        VR.DA => holder.TextElement(tag, vr, "19000101"),
        VR.DT => holder.TextElement(tag, vr, "19000101000000"),
        VR.TM => holder.TextElement(tag, vr, "000000"),
        VR.DS or VR.IS => holder.TextElement(tag, vr, "0"),
        VR.UI => holder.TextElement(tag, vr, "2.25.0"),
        VR.PN => holder.TextElement(tag, vr, Text + "^"),
        VR.UR => holder.TextElement(tag, vr, "urn:anonymized"),
        _ when vr.IsText() => holder.TextElement(tag, vr, Text),
        _ => new ValueElement(tag, vr, new byte[Math.Max(2, vr.UnitSize())]),
    };

    private static DicomDataSet CodedItem()
    {
        var item = new DicomDataSet();
        item.SetString(DicomTags.CodeValue, VR.SH, Text);
        item.SetString(DicomTags.CodingSchemeDesignator, VR.SH, "99SMI");
        item.SetString(DicomTags.CodeMeaning, VR.LO, Text);
        return item;
    }
}
