using System.Text;
using Smi.Deid.Identifiers;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>Runs scripts over the data set that docs and reference use: an invented patient, Smith^John^Q.</summary>
internal static class CtpFixture
{
    private const string Parameters = "<p t=\"UIDROOT\">9999</p><p t=\"SITEID\">99</p><p t=\"DATEINC\">-137</p><p t=\"KEY\">abracadabra</p>";

    public static DicomDataSet Patient()
    {
        var dataSet = new DicomDataSet();
        dataSet.SetString(DicomTags.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        dataSet.SetString(DicomTags.ImageType, VR.CS, "ORIGINAL\\PRIMARY\\AXIAL");
        dataSet.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
        dataSet.SetString(DicomTags.SopInstanceUid, VR.UI, "1.2.3.4.5");
        dataSet.SetString(DicomTags.StudyInstanceUid, VR.UI, "1.2.3.4");
        dataSet.SetString(DicomTags.StudyDate, VR.DA, "20040119");
        dataSet.SetString(DicomTags.StudyTime, VR.TM, "072730");
        dataSet.SetString(DicomTags.AccessionNumber, VR.SH, "ACC00123");
        dataSet.SetString(DicomTags.Modality, VR.CS, "OT");
        dataSet.SetString(DicomTags.StudyDescription, VR.LO, "CT Head W/O Contrast 2004");
        dataSet.SetString(DicomTags.PatientName, VR.PN, "Smith^John^Q");
        dataSet.SetString(DicomTags.PatientId, VR.LO, "PAT-00042");
        dataSet.SetString(DicomTags.PatientBirthDate, VR.DA, "19630704");
        dataSet.SetString(DicomTags.PatientAge, VR.AS, "057Y");
        dataSet.SetUInt16(DicomTags.Rows, 4);
        return dataSet;
    }

    public static CtpScript Script(string rules, CtpScriptOptions? options = null) =>
        CtpScript.Parse(Encoding.UTF8.GetBytes($"<script>\n{Parameters}\n{rules}\n</script>"), "test.script", options);

    /// <summary>The rule of one tag, escaped.</summary>
    public static string Rule(string tag, string text) => $"<e en=\"T\" t=\"{tag}\">{System.Security.SecurityElement.Escape(text)}</e>";

    public static DeidContext Context(DicomDataSet dataSet, bool isStrict = false)
    {
        var stream = new MemoryStream();
        DicomWriter.WriteFile(stream, new DicomDataSet(), TransferSyntax.ExplicitLittleEndian, dataSet);
        var file = DicomFile.Parse(stream.ToArray());
        var policy = new DeidPolicy { IsStrictCtp = isStrict };
        return new DeidContext
        {
            Source = file,
            Edited = file.DataSet.Copy(),
            OutputSyntax = file.TransferSyntax,
            Pseudonyms = new Pseudonymiser(MasterKey.Random().ForProject("")),
            Patient = PatientIdentity.Of(file.DataSet, policy),
            Known = IdentifierGatherer.Gather(file),
            Policy = policy,
            Now = new DateTimeOffset(2026, 11, 23, 17, 35, 52, TimeSpan.Zero),
        };
    }

    /// <summary>What the script makes of a data set; fails when the file is refused.</summary>
    public static DicomDataSet Apply(string rules, DicomDataSet? dataSet = null, CtpScriptOptions? options = null)
    {
        var context = Context(dataSet ?? Patient(), options?.IsStrict ?? false);
        var refusal = new CtpTagStage(Script(rules, options)).Apply(context, TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        return context.Edited;
    }

    public static Refusal? Refuse(string rules, DicomDataSet? dataSet = null) =>
        new CtpTagStage(Script(rules)).Apply(Context(dataSet ?? Patient()), TestContext.Current.CancellationToken);

    /// <summary>The value that an expression has, in a new text attribute.</summary>
    public static string? Value(string expression, bool isStrict = false, CtpLookupTable? lookup = null) =>
        Apply(Rule("00204000", "@always()" + expression), null, new CtpScriptOptions { IsStrict = isStrict, Lookup = lookup }).GetString(new DicomTag(0x00204000));
}
