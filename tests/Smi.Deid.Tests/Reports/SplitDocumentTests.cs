using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Deid.Tests.Text;
using Smi.Dicom;

using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>Names, numbers and dates of which the elements, runs and lines of a document hold a part each.</summary>
public sealed class SplitDocumentTests
{
    [Theory]
    [InlineData("<p>Discussed with Dr</p><p>Zwibbelhorn on the ward.</p>", "Zwibbelhorn")]
    [InlineData("<p>Scan of Quibb</p><p>leston</p>", "leston")]
    [InlineData("<p>Seen by <b>Celandine</b> <i>Ogglethwaite</i>, radiographer</p>", "Ogglethwaite")]
    [InlineData("<table><td>CHI 050485</td><td>4186</td></table>", "4186")]
    [InlineData("<p>Patient:</p><p>Mumblecrust</p>", "Mumblecrust")]
    public void Finds_what_elements_of_XML_share(string body, string gone)
    {
        var cleaned = DeidentifyFile(Document("text/XML", $"<doc>{body}</doc>")).FindValue(DicomTags.EncapsulatedDocument);
        Assert.NotNull(cleaned);
        Assert.DoesNotContain(gone, System.Text.Encoding.UTF8.GetString(cleaned.Value.ToMemory().Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Seen by Dr Zwib<b>belhorn</b></p>", "<p>Seen by Dr [NAME]<b>[NAME]</b></p>")]
    [InlineData("<span>Quibb</span><span>leston</span> is stable.", "<span>[NAME]</span><span>[NAME]</span> is stable.")]
    [InlineData("<td>Patient:</td><td>Mumblecrust</td>", "<td>Patient:</td><td>[NAME]</td>")]
    [InlineData("Seen by Dr<br/>Zwibbelhorn.", "Seen by Dr<br/>[NAME].")]
    public void Finds_what_runs_of_HTML_share(string text, string cleaned) =>
        Assert.Equal(cleaned, CleanerFixture.Cleaner.Clean(text, CleanerFixture.Patient("Quibbleston^Zebedee")));

    [Theory]
    [InlineData(@"{\rtf1 Seen by Dr Zwib\b belhorn\b0 , stable}", "belhorn")]
    [InlineData(@"{\rtf1 {\b Quibb}{\i leston} is stable}", "leston")]
    [InlineData(@"{\rtf1 Seen by Dr\line Zwibbelhorn, stable}", "Zwibbelhorn")]
    public void Finds_what_runs_of_RTF_share(string text, string gone) =>
        Assert.DoesNotContain(gone, CleanerFixture.Cleaner.Clean(text, CleanerFixture.Patient("Quibbleston^Zebedee")), StringComparison.Ordinal);

    [Fact]
    public void Finds_what_pages_of_a_PDF_share()
    {
        var spans = Passages.Find(CleanerFixture.Cleaner, ["Findings. Discussed with Dr", "Zwibbelhorn on the ward."], KnownIdentifiers.None);
        Assert.Equal("[NAME] on the ward.", TextCutter.Replace("Zwibbelhorn on the ward.", spans[1]));
    }
}
