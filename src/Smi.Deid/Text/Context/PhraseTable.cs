using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>The phrases of the resource file, found by their first word. Immutable.</summary>
internal sealed class PhraseTable
{
    private readonly Dictionary<string, List<Phrase>> byFirstWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Phrase>>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public PhraseTable(IEnumerable<(string Phrase, PhraseKind Kind)> phrases)
    {
        foreach (var (phrase, kind) in phrases)
        {
            var words = phrase.Split([' ', '/', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).ToArray();
            if (!byFirstWord.TryGetValue(words[0], out var sameStart)) byFirstWord[words[0]] = sameStart = [];
            sameStart.Add(new Phrase(words, kind));
        }

        foreach (var list in byFirstWord.Values) list.Sort((left, right) => right.Words.Length.CompareTo(left.Words.Length));
        lookup = byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The longest phrase of each kind that begins at a token, with the index of the token after it.</summary>
    public IEnumerable<(PhraseKind Kind, int Next)> At(TokenizedText text, int index)
    {
        if (!text.IsWord(index) || Starting(text, index) is not { } phrases) yield break;
        var seen = 0;
        foreach (var phrase in phrases)
        {
            var bit = 1 << (int)phrase.Kind;
            if ((seen & bit) != 0 || Match(text, index, phrase.Words) is not { } next) continue;
            seen |= bit;
            yield return (phrase.Kind, next);
        }
    }

    public bool IsLabelAt(TokenizedText text, int index)
    {
        foreach (var (_, next) in At(text, index))
        {
            if (text.IsSymbol(next, ':')) return true;
        }

        return false;
    }

    private List<Phrase>? Starting(TokenizedText text, int index)
    {
        if (text[index].Length > Lexicon.LongestWord) return null;
        Span<char> folded = stackalloc char[Lexicon.LongestWord * 2];
        var length = Folding.Fold(text.Raw(index), folded);
        return length > 0 && lookup.TryGetValue(folded[..length], out var phrases) ? phrases : null;
    }

    /// <summary>Dots, slashes and hyphens between the words do not count: "d.o.b.", "d/w", "next-of-kin".</summary>
    private static int? Match(TokenizedText text, int index, string[] words)
    {
        var position = index;
        for (var word = 0; word < words.Length; word++)
        {
            if (word > 0)
            {
                while (text.IsSymbol(position, '.') || text.IsSymbol(position, '/') || text.IsSymbol(position, '-')) position++;
                if (!text.Exists(position) || text[position].LineBefore) return null;
            }

            if (!text.Equals(position, words[word])) return null;
            position++;
        }

        return position;
    }

    private sealed record Phrase(string[] Words, PhraseKind Kind);
}
