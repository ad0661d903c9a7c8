using Smi.Deid.Identifiers;

namespace Smi.Deid.Text;

/// <summary>Texts that follow each other in a document, read together where one ends and the next begins: half a name may stand in each.</summary>
internal static class Passages
{
    // As much of each text as a name with its title, a long number or a date can take, and the words that give it away.
    private const int Reach = 120;

    // Where a text begins in the middle of a sentence a capital still means nothing.
    private static readonly HashSet<string> Guesses = new(StringComparer.Ordinal) { "unknown capitalised word", "acts as a person", "looks like a name", "beside a name" };

    /// <summary>The spans of each text.</summary>
    public static IReadOnlyList<IReadOnlyList<TextSpan>> Find(TextCleaner cleaner, IReadOnlyList<string> texts, KnownIdentifiers known)
    {
        var found = texts.Select(text => new List<TextSpan>(cleaner.Find(text, known, TextProfile.Report))).ToList();
        var filled = Enumerable.Range(0, texts.Count).Where(index => !string.IsNullOrWhiteSpace(texts[index]) && !Markup.IsMarkup(texts[index])).ToList();
        for (var index = 1; index < filled.Count; index++) FindAcross(cleaner, texts, filled[index - 1], filled[index], known, found);
        return [.. found.Select(WithoutOverlaps)];
    }

    private static void FindAcross(TextCleaner cleaner, IReadOnlyList<string> texts, int left, int right, KnownIdentifiers known, List<List<TextSpan>> found)
    {
        var tail = texts[left].TrimEnd();
        if (tail[^1] is '.' or '!' or '?') return;
        var begin = Math.Max(0, tail.Length - Reach);
        while (begin > 0 && !char.IsWhiteSpace(tail[begin - 1])) begin--;
        var end = Math.Min(texts[right].Length, Reach);
        while (end < texts[right].Length && !char.IsWhiteSpace(texts[right][end])) end++;
        var head = texts[right][..end].TrimStart();
        var skipped = end - texts[right][..end].TrimStart().Length;
        foreach (var joint in (ReadOnlySpan<string>)[" ", ""])
        {
            var joined = tail[begin..] + joint + head;
            var seam = tail.Length - begin;
            var before = found[right].Count;
            foreach (var span in cleaner.Find(joined, known, TextProfile.Report))
            {
                var crosses = span.Start < seam && span.End > seam + joint.Length;
                var follows = joint.Length > 0 && span.Start == seam + joint.Length;
                if (Guesses.Contains(span.Rule) || !(crosses || follows)) continue;
                if (crosses) found[left].Add(span with { Start = begin + span.Start, Length = seam - span.Start });
                var start = Math.Max(span.Start, seam + joint.Length);
                found[right].Add(span with { Start = start - seam - joint.Length + skipped, Length = span.End - start });
            }

            // Only what makes no sense as two words may be one that was cut.
            if (found[right].Count > before) return;
        }
    }

    private static List<TextSpan> WithoutOverlaps(List<TextSpan> spans)
    {
        spans.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.Length.CompareTo(left.Length));
        var result = new List<TextSpan>(spans.Count);
        foreach (var span in spans)
        {
            if (result.Count == 0 || span.Start >= result[^1].End) result.Add(span);
            else if (span.End > result[^1].End) result[^1] = result[^1] with { Length = span.End - result[^1].Start };
        }

        return result;
    }
}
