using System.Text;
using Smi.Deid.Files;
using Smi.Deid.Reports;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Tests.Text;
using Smi.Dicom;

namespace Smi.Deid.Tests.Reports;

/// <summary>Small reports and documents of an invented patient, and the stages that clean them.</summary>
internal static class ReportFixture
{
    public static readonly DeidPolicy Policy = new() { Clean = CleanOptions.Descriptors | CleanOptions.StructuredContent | CleanOptions.Graphics };

    public static IReadOnlyList<IDeidStage> Stages(DeidPolicy? policy = null) => [new ProfileTagStage(policy ?? Policy, CleanerFixture.Cleaner.CleanDescriptor), new ReportStage(CleanerFixture.Cleaner, policy ?? Policy)];

    public static DicomDataSet Deidentify(DicomDataSet item) => DeidentifyAll(item)[0];

    public static IReadOnlyList<DicomDataSet> DeidentifyAll(params DicomDataSet[] items) =>
        DeidentifyFile(Report(items)).FindSequence(DicomTags.ContentSequence)?.Items ?? [];

    public static IReadOnlyList<string> DeidentifyTexts(DeidPolicy policy, params string[] texts) =>
        [.. (DeidentifyFile(Report([.. texts.Select(TextItem)]), policy).FindSequence(DicomTags.ContentSequence)?.Items ?? []).Select(item => item.GetString(DicomTags.TextValue) ?? "")];

    public static DicomDataSet DeidentifyFile(byte[] file, DeidPolicy? policy = null)
    {
        using var place = new Workplace();
        var outcome = place.Run(file, policy ?? Policy, Stages(policy));
        Assert.True(outcome is DeidOutcome.Deidentified, outcome.ToString());
        return DicomFile.Parse(File.ReadAllBytes(place.OutputFiles().Single())).DataSet;
    }

    public static DicomDataSet TextItem(string text) => Item("TEXT", (text, DicomTags.TextValue, VR.UT));

    public static DicomDataSet Item(string type, params (string Text, DicomTag Tag, VR VR)[] values)
    {
        var item = new DicomDataSet();
        item.SetString(DicomTags.ValueType, VR.CS, type);
        item.Set(new SequenceElement(ReportTags.ConceptNameCodeSequence, [Code("121071", "DCM", "Finding")]));
        foreach (var (text, tag, vr) in values) item.SetString(tag, vr, text);
        return item;
    }

    public static DicomDataSet Code(string value, string scheme, string meaning)
    {
        var code = new DicomDataSet();
        code.SetString(DicomTags.CodeValue, VR.SH, value);
        code.SetString(DicomTags.CodingSchemeDesignator, VR.SH, scheme);
        code.SetString(DicomTags.CodeMeaning, VR.LO, meaning);
        return code;
    }

    public static byte[] Report(params DicomDataSet[] items)
    {
        var report = Header("1.2.840.10008.5.1.4.1.1.88.11");
        report.Set(new SequenceElement(DicomTags.ContentSequence, items));
        return Bytes(report);
    }

    public static byte[] Document(string mimeType, string document)
    {
        var data = Header("1.2.840.10008.5.1.4.1.1.104.1");
        data.SetString(DicomTags.MimeTypeOfEncapsulatedDocument, VR.LO, mimeType);
        data.Set(new ValueElement(DicomTags.EncapsulatedDocument, VR.OB, Encoding.Latin1.GetBytes(document)));
        return Bytes(data);
    }

    public static DicomDataSet Header(string sopClass)
    {
        var header = new DicomDataSet();
        header.SetString(DicomTags.SopClassUid, VR.UI, sopClass);
        header.SetString(DicomTags.SopInstanceUid, VR.UI, "1.2.3.4.5.6.7");
        header.SetString(DicomTags.StudyInstanceUid, VR.UI, "1.2.3.4.5.6");
        header.SetString(DicomTags.PatientName, VR.PN, "Quibbleston^Zebedee");
        header.SetString(DicomTags.PatientId, VR.LO, "QX-55-1234");
        return header;
    }

    public static byte[] Bytes(DicomDataSet dataSet)
    {
        using var stream = new MemoryStream();
        DicomWriter.WriteFile(stream, FileMetaInformation.For(dataSet), TransferSyntax.ExplicitLittleEndian, dataSet);
        return stream.ToArray();
    }
}
