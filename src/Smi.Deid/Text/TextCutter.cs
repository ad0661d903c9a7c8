using System.Text;

namespace Smi.Deid.Text;

/// <summary>Cuts spans out of a text.</summary>
internal static class TextCutter
{
    public static string Replace(string text, IReadOnlyList<TextSpan> spans) => Build(text, spans, Placeholder);

    public static string Replace(string text, IReadOnlyList<TextSpan> spans, Func<TextSpan, string> replacement) => Build(text, spans, replacement);

    /// <summary>The text without the spans; blanks around a cut become one.</summary>
    public static string Cut(string text, IReadOnlyList<TextSpan> spans)
    {
        var cut = Build(text, spans, _ => "");
        while (cut.Contains("  ", StringComparison.Ordinal) && spans.Count > 0) cut = cut.Replace("  ", " ", StringComparison.Ordinal);
        return cut.Trim();
    }

    public static string Placeholder(TextSpan span) => span.Length == 0 ? "" : $"[{span.Category.ToString().ToUpperInvariant()}]";

    private static string Build(string text, IReadOnlyList<TextSpan> spans, Func<TextSpan, string> replacement)
    {
        if (spans.Count == 0) return text;
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans)
        {
            result.Append(text, position, span.Start - position).Append(replacement(span));
            position = span.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
