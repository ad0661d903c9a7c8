using System.Text;
using Smi.Deid.Reports;
using Smi.Dicom;

using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>Printing programs set letters one by one and move between them: a name is then nowhere in the file as a string.</summary>
public sealed class KernedPdfTests
{
    private const string Line = "Zebedee Quibbleston has diabetes mellitus";

    [Theory]
    [InlineData(1, -30)]
    [InlineData(1, 40)]
    [InlineData(2, -30)]
    [InlineData(2, 60)]
    public void Cleans_a_name_whose_letters_are_moved_apart(int lettersTogether, int kerning)
    {
        var shown = string.Join($" {kerning} ", Line.Chunk(lettersTogether).Select(letters => $"({new string(letters)})"));
        Assert.Equal("[NAME] has diabetes mellitus", CleanedTextOf(Kerned($"[{shown}] TJ")));
    }

    [Fact]
    public void Cleans_a_name_whose_words_are_parted_by_a_move_alone()
    {
        Assert.Equal("[NAME] has diabetes mellitus", CleanedTextOf(Kerned("[(Zeb) 20 (edee) -300 (Quibb) 15 (leston) -300 (has) -300 (diabetes) -300 (mellitus)] TJ")));
    }

    [Fact]
    public void Cleans_a_name_whose_letters_are_placed_one_by_one()
    {
        // A width of 6 for each letter of size 10 spaces the letters as a typewriter would.
        var shown = string.Concat(Line.Select(letter => $"({letter}) Tj 6 0 Td "));
        Assert.Equal("[NAME] has diabetes mellitus", CleanedTextOf(Kerned(shown)));
    }

    [Theory]
    [InlineData(Line, 6)]
    [InlineData("Zeb Quibb", 12)]
    [InlineData("Zwob", 12)]
    public void Takes_out_a_page_of_letters_far_apart_that_draws_no_blanks(string line, int advance)
    {
        var shown = string.Concat(line.Select(letter => letter == ' ' ? $"{advance} 0 Td " : $"({letter}) Tj {advance} 0 Td "));
        Assert.Equal("This document was removed during de-identification.", CleanedTextOf(Kerned(shown)));
    }

    [Fact]
    public void Keeps_short_words_of_columns_apart() =>
        Assert.Equal("I II aVR V1 ok", CleanedTextOf(Kerned("(I) Tj 40 0 Td (II) Tj 40 0 Td (aVR) Tj 40 0 Td (V1 ok) Tj")));

    /// <summary>A page that shows its line by the given operators.</summary>
    private static string Kerned(string operators)
    {
        var content = $"BT /F1 10 Tf 40 800 Td {operators} ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
        ];
        var document = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        for (var index = 0; index < objects.Length; index++)
        {
            table.Append($"{document.Length:D10} 00000 n \n");
            document.Append($"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        return $"{document}{table}trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{document.Length}\n%%EOF\n";
    }

    private static string CleanedTextOf(string pdf)
    {
        var document = DeidentifyFile(Document("application/pdf", pdf)).FindValue(DicomTags.EncapsulatedDocument);
        Assert.NotNull(document);
        return Assert.Single(PdfText.Read(document.Value.ToMemory().ToArray()) ?? []).Trim();
    }
}
