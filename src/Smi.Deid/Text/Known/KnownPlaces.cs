using Smi.Deid.Identifiers;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Known;

/// <summary>Finds addresses and institutions known from the header: each line and part of them, and their telling words alone.</summary>
internal sealed class KnownPlaces : ITextFinder
{
    private readonly List<(string[] Words, TextCategory Category)> parts = [];
    private readonly Dictionary<string, TextCategory> words = new(StringComparer.Ordinal);

    public KnownPlaces(KnownIdentifiers known, Lexicon lexicon)
    {
        foreach (var identifier in known.All)
        {
            if (identifier.Kind == IdentifierKind.Address) Add(identifier.Value, TextCategory.Address, lexicon);
            else if (identifier.Kind == IdentifierKind.Institution) Add(identifier.Value, TextCategory.Facility, lexicon);
            else if (identifier.Kind == IdentifierKind.Device) AddDevice(identifier.Value, lexicon);
        }
    }

    public void Find(TokenizedText text, SpanCollector spans)
    {
        if (parts.Count == 0 && words.Count == 0) return;
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].Kind is TokenKind.Symbol) continue;
            FindPart(text, index, spans);
            if (text.IsWord(index) && text[index].Case != LetterCase.Lower && words.TryGetValue(text.Folded(index), out var category))
            {
                spans.Add(text, index, index, category, SpanStrength.Known, "known " + category.ToString().ToLowerInvariant());
            }
        }
    }

    private void Add(string value, TextCategory category, Lexicon lexicon)
    {
        foreach (var line in value.Split([',', '\r', '\n', '^', '\\', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pieces = Words(line);
            if (pieces.Length == 0) continue;
            if (pieces.Length > 1 || Tells(pieces[0], lexicon)) parts.Add((pieces, category));
            foreach (var piece in pieces)
            {
                if (Tells(piece, lexicon)) words.TryAdd(piece, category);
            }
        }
    }

    /// <summary>A station name in letters only; those with digits are searched as numbers are.</summary>
    private void AddDevice(string value, Lexicon lexicon)
    {
        var pieces = Words(value);
        if (pieces.Length > 0 && pieces.Any(piece => Tells(piece, lexicon))) parts.Add((pieces, TextCategory.Device));
    }

    /// <summary>A word that alone gives the place away: long enough and no English, clinical or general one.</summary>
    private static bool Tells(string word, Lexicon lexicon) =>
        word.Length >= 4 && word.All(char.IsLetter)
        && (lexicon.ClassOfFolded(word) & (WordClass.Ordinary | WordClass.FacilityNoun | WordClass.FacilityGeneric | WordClass.Street | WordClass.Eponym | WordClass.State)) == 0;

    private static string[] Words(string line) =>
        [.. line.Split([' ', '-', '.', '/', '(', ')', '&'], StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).Where(word => word.Length > 0)];

    private void FindPart(TokenizedText text, int index, SpanCollector spans)
    {
        foreach (var (pieces, category) in parts)
        {
            var position = index;
            var matched = 0;
            while (matched < pieces.Length && text.Equals(position, pieces[matched]))
            {
                matched++;
                position++;
                while (matched < pieces.Length && IsSeparator(text, position)) position++;
            }

            if (matched == pieces.Length) spans.Add(text, index, position - 1, category, SpanStrength.Known, "known " + category.ToString().ToLowerInvariant());
        }
    }

    private static bool IsSeparator(TokenizedText text, int index) =>
        text.IsSymbol(index, '-') || text.IsSymbol(index, '.') || text.IsSymbol(index, '/') || text.IsSymbol(index, ',') || text.IsSymbol(index, '&');
}
