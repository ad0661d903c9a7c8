using Smi.Deid.Identifiers;
using Smi.Deid.Text;

namespace Smi.Deid.Tests.Text.Descriptors;

/// <summary>Counts which marked stretches were cut whole, and which words outside them survived. Nothing is known from a header.</summary>
internal sealed class DescriptorScore
{
    private int cut;
    private int identifying;
    private int kept;
    private int words;

    public List<string> Faults { get; } = [];

    public double Recall => (double)cut / identifying;

    public double Kept => (double)kept / words;

    public override string ToString() => $"{cut} of {identifying} stretches cut ({Recall:P1}), {kept} of {words} other words kept ({Kept:P2})";

    public void Add(string text, IReadOnlyList<(int Start, int End)> marks)
    {
        var spans = CleanerFixture.Cleaner.Find(text, KnownIdentifiers.None, TextProfile.Descriptor);
        foreach (var (start, end) in marks)
        {
            identifying++;
            if (Enumerable.Range(start, end - start).All(index => !char.IsLetterOrDigit(text[index]) || IsCut(spans, index))) cut++;
            else Faults.Add($"left: {text[start..end]} in {text}");
        }

        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsLetterOrDigit(text[start]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])) || marks.Any(mark => mark.Start <= start && start < mark.End)) continue;
            words++;
            if (!IsCut(spans, start)) kept++;
            else Faults.Add($"cut at {start}: {text}");
        }
    }

    private static bool IsCut(IReadOnlyList<TextSpan> spans, int index) => spans.Any(span => span.Start <= index && index < span.End);
}
