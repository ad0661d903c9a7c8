using System.Globalization;
using System.Text;

namespace Smi.Deid.Reports;

/// <summary>Writes plain text as a small PDF 1.4: Helvetica, A4, no metadata, the same bytes for the same text.</summary>
internal static class PdfPages
{
    private const int LinesOnPage = 60;
    private const int LongestLine = 100;

    public static byte[] Write(IEnumerable<string> pages)
    {
        var sheets = pages.SelectMany(Sheets).ToList();
        using var stream = new MemoryStream();
        var offsets = new List<long>();
        Append(stream, "%PDF-1.4\n");
        Add(stream, offsets, "<< /Type /Catalog /Pages 2 0 R >>");
        var kids = string.Join(' ', Enumerable.Range(0, sheets.Count).Select(index => $"{4 + 2 * index} 0 R"));
        Add(stream, offsets, $"<< /Type /Pages /Kids [{kids}] /Count {sheets.Count} >>");
        Add(stream, offsets, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        foreach (var sheet in sheets)
        {
            Add(stream, offsets, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {offsets.Count + 2} 0 R >>");
            var content = Content(sheet);
            Add(stream, offsets, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        AppendTable(stream, offsets);
        return stream.ToArray();
    }

    private static IEnumerable<string[]> Sheets(string page) =>
        page.Split('\n').SelectMany(Wrap).Chunk(LinesOnPage);

    private static IEnumerable<string> Wrap(string line)
    {
        var rest = line.TrimEnd();
        while (rest.Length > LongestLine)
        {
            var blank = rest.LastIndexOf(' ', LongestLine);
            var cut = blank > 0 ? blank : LongestLine;
            yield return rest[..cut];
            rest = rest[cut..].TrimStart();
        }

        yield return rest;
    }

    private static string Content(string[] lines)
    {
        var content = new StringBuilder("BT /F1 10 Tf 12.5 TL 40 800 Td\n");
        foreach (var line in lines) content.Append('(').Append(Escaped(line)).Append(") Tj T*\n");
        return content.Append("ET").ToString();
    }

    private static string Escaped(string line)
    {
        var escaped = new StringBuilder();
        foreach (var character in line)
        {
            if (character is '(' or ')' or '\\') escaped.Append('\\');
            escaped.Append(character is >= ' ' and <= 'ÿ' ? character : character switch { '’' or '‘' => '\'', '–' or '—' => '-', '“' or '”' => '"', _ => '?' });
        }

        return escaped.ToString();
    }

    private static void Add(MemoryStream stream, List<long> offsets, string body)
    {
        offsets.Add(stream.Position);
        Append(stream, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
    }

    private static void AppendTable(MemoryStream stream, List<long> offsets)
    {
        var start = stream.Position;
        Append(stream, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Append(stream, offset.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        Append(stream, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    }

    private static void Append(MemoryStream stream, string text) => stream.Write(Encoding.Latin1.GetBytes(text));
}
