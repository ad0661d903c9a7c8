using Smi.Deid.Identifiers;
using Smi.Deid.Text;

namespace Smi.Deid.Reports;

/// <summary>Cleans the texts of one file as its policy says: with placeholders, or with surrogates.</summary>
internal sealed class ReportTexts(TextCleaner cleaner, DeidContext context, KnownIdentifiers known)
{
    private readonly TextSurrogates? surrogates = context.Policy.Text.Replacement == TextReplacement.Surrogates ? new TextSurrogates(context) : null;

    public string Clean(string text) => Replace(text, cleaner.Find(text, known, TextProfile.Report));

    /// <summary>For an attribute that holds no more than so many characters.</summary>
    public string Clean(string text, int longest)
    {
        var cleaned = Clean(text);
        return cleaned.Length <= longest ? cleaned : cleaner.Clean(text, known, TextProfile.Report, longest);
    }

    public string CleanShort(string text) => cleaner.Clean(text, known, TextProfile.Descriptor);

    /// <summary>Texts that follow each other: what one begins and the next ends is found too.</summary>
    public IReadOnlyList<string> CleanAll(IReadOnlyList<string> texts)
    {
        var spans = Passages.Find(cleaner, texts, known);
        return [.. texts.Select((text, index) => Replace(text, spans[index]))];
    }

    private string Replace(string text, IReadOnlyList<TextSpan> spans) =>
        surrogates is null ? TextCutter.Replace(text, spans) : TextCutter.Replace(text, spans, span => surrogates.Of(text.Substring(span.Start, span.Length), span));
}
