using Smi.Deid.Reports;
using Smi.Dicom;

using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>Texts that are no reports: notes at curves, labels of radiotherapy plans, reasons why an image is a key image.</summary>
public sealed class OtherObjectTextTests
{
    private const string Waveform = "1.2.840.10008.5.1.4.1.1.9.1.1";
    private const string StructureSet = "1.2.840.10008.5.1.4.1.1.481.3";
    private const string Plan = "1.2.840.10008.5.1.4.1.1.481.5";
    private const string KeyObjects = "1.2.840.10008.5.1.4.1.1.88.59";

    private static readonly DicomTag WaveformAnnotationSequence = new(0x0040B020);
    private static readonly DicomTag UnformattedTextValue = new(0x00700006);
    private static readonly DicomTag ReferencedSopSequence = new(0x00081199);
    private static readonly DicomTag ReferencedSopClassUid = new(0x00081150);
    private static readonly DicomTag ReferencedSopInstanceUid = new(0x00081155);
    private static readonly DicomTag StructureSetLabel = new(0x30060002);
    private static readonly DicomTag StructureSetRoiSequence = new(0x30060020);
    private static readonly DicomTag RoiName = new(0x30060026);
    private static readonly DicomTag RoiObservationsSequence = new(0x30060080);
    private static readonly DicomTag RoiObservationLabel = new(0x30060085);
    private static readonly DicomTag PlanLabel = new(0x300A0002);
    private static readonly DicomTag PlanName = new(0x300A0003);
    private static readonly DicomTag PlanDescription = new(0x300A0004);

    [Theory]
    [InlineData("Sinus rhythm, Zebedee Quibbleston", "Sinus rhythm, [NAME]")]
    [InlineData("ST depression, seen by Dr Zwibbelhorn", "ST depression, seen by Dr [NAME]")]
    [InlineData("Sinus rhythm", "Sinus rhythm")]
    public void Cleans_a_note_at_a_curve(string note, string cleaned)
    {
        var output = DeidentifyFile(WithItem(Waveform, WaveformAnnotationSequence, UnformattedTextValue, VR.ST, note));
        Assert.Equal(cleaned, TextIn(output, WaveformAnnotationSequence, UnformattedTextValue));
    }

    [Theory]
    [InlineData("PTV Quibbleston", "PTV [NAME]")]
    [InlineData("Parotid_L", "Parotid_L")]
    public void Cleans_the_names_of_structures(string name, string cleaned)
    {
        var output = DeidentifyFile(WithItem(StructureSet, StructureSetRoiSequence, RoiName, VR.LO, name));
        Assert.Equal(cleaned, TextIn(output, StructureSetRoiSequence, RoiName));
    }

    [Theory]
    [InlineData("Quibbleston PTV", "[NAME] PTV")]
    [InlineData("Parotid_L", "Parotid_L")]
    public void Cleans_the_labels_of_observed_structures(string label, string cleaned)
    {
        var output = DeidentifyFile(WithItem(StructureSet, RoiObservationsSequence, RoiObservationLabel, VR.SH, label));
        Assert.Equal(cleaned, TextIn(output, RoiObservationsSequence, RoiObservationLabel));
    }

    [Fact]
    public void Cleans_the_label_of_a_structure_set()
    {
        var file = Header(StructureSet);
        file.SetString(StructureSetLabel, VR.SH, "Quibbleston");
        Assert.Equal("[NAME]", DeidentifyFile(Bytes(file)).GetString(StructureSetLabel));
    }

    [Fact]
    public void Cleans_the_label_name_and_description_of_a_plan()
    {
        var file = Header(Plan);
        file.SetString(PlanLabel, VR.SH, "Quibbleston");
        file.SetString(PlanName, VR.LO, "Prostate Zebedee");
        file.SetString(PlanDescription, VR.ST, "Prostate boost for Zebedee Quibbleston, hospital number QX-55-1234");
        var output = DeidentifyFile(Bytes(file));
        Assert.Equal(["[NAME]", "Prostate [NAME]", "Prostate boost for [NAME], hospital number [ID]"], new[] { PlanLabel, PlanName, PlanDescription }.Select(tag => output.GetString(tag)));
    }

    [Fact]
    public void Cleans_the_text_of_a_key_object_note_and_keeps_its_title_and_images()
    {
        var note = Header(KeyObjects);
        note.SetString(DicomTags.ValueType, VR.CS, "CONTAINER");
        note.Set(new SequenceElement(ReportTags.ConceptNameCodeSequence, [Code("113000", "DCM", "Of Interest")]));
        note.Set(new SequenceElement(DicomTags.ContentSequence, [TextItem("Nodule of Zebedee Quibbleston, show to Dr Zwibbelhorn"), ImageItem()]));
        var output = DeidentifyFile(Bytes(note));
        var content = output.FindSequence(DicomTags.ContentSequence)?.Items ?? [];
        Assert.Equal("Of Interest", output.FindSequence(ReportTags.ConceptNameCodeSequence)?.Items[0].GetString(DicomTags.CodeMeaning));
        Assert.Equal("Nodule of [NAME], show to Dr [NAME]", content[0].GetString(DicomTags.TextValue));
        Assert.Equal("1.2.840.10008.5.1.4.1.1.2", content[1].FindSequence(ReferencedSopSequence)?.Items[0].GetString(ReferencedSopClassUid));
    }

    private static DicomDataSet ImageItem()
    {
        var reference = new DicomDataSet();
        reference.SetString(ReferencedSopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.2");
        reference.SetString(ReferencedSopInstanceUid, VR.UI, "1.2.3.4.9");
        var item = new DicomDataSet();
        item.SetString(DicomTags.ValueType, VR.CS, "IMAGE");
        item.Set(new SequenceElement(ReferencedSopSequence, [reference]));
        return item;
    }

    private static byte[] WithItem(string sopClass, DicomTag sequence, DicomTag tag, VR vr, string text)
    {
        var item = new DicomDataSet();
        item.SetString(tag, vr, text);
        var file = Header(sopClass);
        file.Set(new SequenceElement(sequence, [item]));
        return Bytes(file);
    }

    private static string? TextIn(DicomDataSet file, DicomTag sequence, DicomTag tag) => file.FindSequence(sequence)?.Items[0].GetString(tag);
}
