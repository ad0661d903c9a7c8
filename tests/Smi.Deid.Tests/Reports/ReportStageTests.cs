using System.Text;
using Smi.Deid.Reports;
using Smi.Dicom;

using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

public sealed class ReportStageTests
{
    [Fact]
    public void Cleans_a_text_item_and_keeps_its_concept()
    {
        var item = Deidentify(Item("TEXT", ("Known Baker's cyst, seen by Dr Zwibbelhorn", DicomTags.TextValue, VR.UT)));
        Assert.Equal("Known Baker's cyst, seen by Dr [NAME]", item.GetString(DicomTags.TextValue));
        Assert.Equal("Finding", item.FindSequence(ReportTags.ConceptNameCodeSequence)?.Items[0].GetString(DicomTags.CodeMeaning));
    }

    [Fact]
    public void Replaces_a_person_and_finds_the_name_again_in_other_items()
    {
        var content = DeidentifyAll(Item("PNAME", ("Ogglethwaite^Celandine", ReportTags.PersonName, VR.PN)), Item("TEXT", ("Ogglethwaite - knee", DicomTags.TextValue, VR.UT)));
        Assert.DoesNotContain("Ogglethwaite", content[0].GetString(ReportTags.PersonName) ?? "", StringComparison.OrdinalIgnoreCase);
        Assert.Equal("[NAME] - knee", content[1].GetString(DicomTags.TextValue));
    }

    [Fact]
    public void Cleans_the_meaning_of_a_private_code_and_keeps_a_public_one()
    {
        var item = Item("CODE");
        item.Set(new SequenceElement(new DicomTag(0x0040A168), [Code("X1", "99LOC", "Variant seen by Dr Zwibbelhorn"), Code("29857009", "SCT", "Chest pain")]));
        var codes = Deidentify(item).FindSequence(new DicomTag(0x0040A168))?.Items ?? [];
        Assert.Equal(["Variant seen by Dr [NAME]", "Chest pain"], codes.Select(code => code.GetString(DicomTags.CodeMeaning)));
    }

    [Fact]
    public void Cleans_items_at_any_depth()
    {
        var inner = Item("TEXT", ("moved to Ward 27B", DicomTags.TextValue, VR.UT));
        var outer = Item("CONTAINER");
        outer.Set(new SequenceElement(DicomTags.ContentSequence, [inner]));
        Assert.Equal("moved to [FACILITY]", Deidentify(outer).FindSequence(DicomTags.ContentSequence)?.Items[0].GetString(DicomTags.TextValue));
    }

    [Theory]
    [InlineData("POEM", "text")]
    [InlineData("TEXT", "\u0001\u0002\u0003")]
    public void Refuses_a_tree_that_cannot_be_cleaned_surely(string type, string text)
    {
        using var place = new Workplace();
        Assert.IsType<DeidOutcome.Refused>(place.Run(Report(Item(type, (text, DicomTags.TextValue, VR.UT))), Policy, Stages()));
    }

    [Fact]
    public void A_PDF_without_readable_text_becomes_a_page_that_says_so()
    {
        using var place = new Workplace();
        place.Run(Document("application/pdf", "%PDF-1.4 Zwibbelhorn"), Policy, Stages());
        var output = Encoding.Latin1.GetString(File.ReadAllBytes(place.OutputFiles().Single()));
        Assert.Contains("removed during de-identification", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Zwibbelhorn", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_PDF_anew_from_its_cleaned_text()
    {
        using var place = new Workplace();
        var pdf = Encoding.Latin1.GetString(PdfPages.Write(["Seen by Dr Zwibbelhorn\nDiagnosis: diabetes mellitus"]));
        place.Run(Document("application/pdf", pdf), Policy, Stages());
        var output = Encoding.Latin1.GetString(File.ReadAllBytes(place.OutputFiles().Single()));
        Assert.Contains("diabetes mellitus", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Zwibbelhorn", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Cleans_a_CDA_document_by_its_elements()
    {
        using var place = new Workplace();
        place.Run(Document("text/XML", "<ClinicalDocument><given>Zebedee</given><telecom value=\"tel:0131 496 0294\"/><text>Known Baker's cyst, Dr Zwibbelhorn</text></ClinicalDocument>"), Policy, Stages());
        var output = Encoding.Latin1.GetString(File.ReadAllBytes(place.OutputFiles().Single()));
        Assert.Contains("<given>[NAME]</given><telecom value=\"[PHONE]\" /><text>Known Baker's cyst, Dr [NAME]</text>", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_CDA_document_with_a_document_type()
    {
        using var place = new Workplace();
        var outcome = place.Run(Document("text/XML", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"), Policy, Stages());
        Assert.IsType<DeidOutcome.Refused>(outcome);
    }
}
