using System.IO.Compression;
using System.Text;
using Smi.Deid.Reports;
using Smi.Deid.Text;
using Smi.Dicom;
using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>What cannot be cleaned surely is refused with the reason, and nothing is written.</summary>
public sealed class BadReportTests
{
    [Fact]
    public void Refuses_an_unknown_value_type() => AssertRefused("unknown value type", Report(Item("POEM")));

    [Fact]
    public void Refuses_an_item_without_the_concept_name_that_it_needs()
    {
        var item = TextItem("normal");
        item.Remove(ReportTags.ConceptNameCodeSequence);
        AssertRefused("no concept name", Report(item));
    }

    [Fact]
    public void Refuses_a_tree_that_refers_to_itself()
    {
        var child = new DicomDataSet();
        child.Set(new ValueElement(ReportTags.ReferencedContentItemIdentifier, VR.UL, (byte[])[1, 0, 0, 0, 1, 0, 0, 0]));
        var parent = Item("CONTAINER");
        parent.Set(new SequenceElement(DicomTags.ContentSequence, [child]));
        AssertRefused("refers to itself", Report(parent));
    }

    [Fact]
    public void Refuses_binary_data_in_a_text() => AssertRefused("binary", Report(TextItem("\u0001\u0002\u0003")));

    [Fact]
    public void Refuses_a_text_longer_than_any_report() => AssertRefused("more text", Report(TextItem(new string('a', 17 * 1024 * 1024))));

    [Fact]
    public void Reads_each_item_in_its_own_character_set()
    {
        var item = new DicomDataSet();
        item.SetString(DicomTags.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        item.SetString(DicomTags.ValueType, VR.CS, "TEXT");
        item.Set(new SequenceElement(ReportTags.ConceptNameCodeSequence, [Code("121071", "DCM", "Finding")]));
        item.Set(new ValueElement(DicomTags.TextValue, VR.UT, Encoding.UTF8.GetBytes("Seen by Dr Zwibbelhörnchen. Knöchel frei. ")));
        var items = DeidentifyAll(TextItem("Quibbleston fell."), item);
        Assert.Equal(["[NAME] fell.", "Seen by Dr [NAME]. Knöchel frei."], items.Select(cleaned => (cleaned.GetString(DicomTags.TextValue) ?? "").TrimEnd()));
    }

    [Theory]
    [InlineData("<a><b>")]
    [InlineData("not XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\">]><a>&y;</a>")]
    public void Refuses_a_document_that_is_no_plain_XML(string document) => AssertRefused("cannot be cleaned", Document("text/XML", document));

    [Fact]
    public void Refuses_XML_nested_without_end() =>
        AssertRefused("cannot be cleaned", Document("text/XML", string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000))));

    [Theory]
    [InlineData("application/msword")]
    [InlineData("")]
    public void Refuses_documents_that_nobody_here_can_read(string type) => AssertRefused("cannot be cleaned", Document(type, "Zwibbelhorn"));

    [Theory]
    [InlineData("%PDF-1.4 damaged")]
    [InlineData("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R /Encrypt << /Filter /Standard >> >>\n%%EOF")]
    public void Refuses_an_unreadable_PDF_where_the_policy_says_so(string pdf) =>
        AssertRefused("cannot be cleaned", Document("application/pdf", pdf), Policy with { Text = new TextPolicy { UncleanableDocument = UncleanableDocument.Refuse } });

    [Fact]
    public void Refuses_a_PDF_that_inflates_without_end()
    {
        using var bomb = new MemoryStream();
        bomb.Write("%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n"u8);
        using (var deflate = new ZLibStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var part = 0; part < 257; part++) deflate.Write(zeros);
        }

        bomb.Write("\nendstream\n%%EOF"u8);
        AssertRefused("cannot be cleaned", Document("application/pdf", Encoding.Latin1.GetString(bomb.ToArray())), Policy with { Text = new TextPolicy { UncleanableDocument = UncleanableDocument.Refuse } });
    }

    [Fact]
    public async Task Refuses_a_PDF_of_streams_without_end_before_it_has_begun_them_all()
    {
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n" + string.Concat(Enumerable.Repeat("streamx", 6_000_000)));

        var pages = await Task.Run(() => PdfText.Read(pdf), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Null(pages);
    }

    private static void AssertRefused(string reason, byte[] file, DeidPolicy? policy = null)
    {
        using var place = new Workplace();
        var refused = Assert.IsType<DeidOutcome.Refused>(place.Run(file, policy ?? Policy, Stages(policy)));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Empty(place.OutputFiles());
    }
}
