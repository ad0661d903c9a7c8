using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Smi.Deid.Reports;

/// <summary>The text layer of a PDF, page by page, in reading order.</summary>
internal static class PdfText
{
    private const int MostPages = 500;
    private const int MostLetters = 2_000_000;
    private const long MostInflated = 256L * 1024 * 1024;

    // A hundred for each of the pages; to begin a million takes a minute, however little is in each.
    private const int MostStreams = 50_000;

    /// <summary>Null when the document is encrypted, damaged, too large, or inflates to too much or in too many pieces.</summary>
    public static IReadOnlyList<string>? Read(byte[] document)
    {
        if (IsBomb(document)) return null;
        try
        {
            using var pdf = PdfDocument.Open(document, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            if (pdf.IsEncrypted || pdf.NumberOfPages > MostPages) return null;
            var letters = 0;
            var pages = new List<string>();
            foreach (var page in pdf.GetPages())
            {
                if ((letters += page.Letters.Count) > MostLetters) return null;
                pages.Add(TextOf(page));
            }

            return pages;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The parser meets hostile bytes here and has no common exception type; whatever it throws, the document is not readable.
            return null;
        }
    }

    private static string TextOf(Page page)
    {
        var words = page.GetWords().Where(word => word.Text.Length > 0).OrderByDescending(word => word.BoundingBox.Bottom).ToList();
        var line = new PdfLine(PdfLine.BlanksOf(page));
        var text = new StringBuilder();
        for (var first = 0; first < words.Count;)
        {
            var baseline = words[first].BoundingBox.Bottom;
            var tolerance = Math.Max(2, words[first].BoundingBox.Height / 2);
            var count = words.Skip(first).TakeWhile(word => baseline - word.BoundingBox.Bottom < tolerance).Count();
            text.Append(line.TextOf([.. words.GetRange(first, count).OrderBy(word => word.BoundingBox.Left)])).Append('\n');
            first += count;
        }

        return text.Length > 0 ? text.ToString() : "(This page held no text.)";
    }

    /// <summary>Inflates every stream into nothing, to see that it ends.</summary>
    private static bool IsBomb(byte[] document)
    {
        var inflated = 0L;
        var streams = 0;
        var buffer = new byte[64 * 1024];
        for (var at = IndexOfStream(document, 0); at >= 0; at = IndexOfStream(document, at))
        {
            if (StartOfDeflated(document, at) is not { } start) continue;
            if (++streams > MostStreams) return true;
            inflated += Inflate(document, start, buffer, MostInflated - inflated);
            if (inflated >= MostInflated) return true;
        }

        return false;
    }

    private static int IndexOfStream(byte[] document, int from)
    {
        var found = document.AsSpan(from).IndexOf("stream"u8);
        return found < 0 ? -1 : from + found + 6;
    }

    private static int? StartOfDeflated(byte[] document, int at)
    {
        while (at < document.Length && document[at] is (byte)'\r' or (byte)'\n') at++;
        return at < document.Length && (document[at] & 0x0F) == 8 ? at : null;
    }

    private static long Inflate(byte[] document, int at, byte[] buffer, long most)
    {
        var total = 0L;
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(document, at, document.Length - at), CompressionMode.Decompress);
            int read;
            while (total < most && (read = inflate.Read(buffer)) > 0) total += read;
        }
        catch (InvalidDataException)
        {
            // Not deflated, or only begins like it: no bomb.
        }

        return total;
    }
}
