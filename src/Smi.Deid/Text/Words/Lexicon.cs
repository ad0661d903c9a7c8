namespace Smi.Deid.Text.Words;

/// <summary>The word lists in one table: a folded word and everything it can be. Immutable.</summary>
internal sealed class Lexicon
{
    /// <summary>Longer words are in no dictionary.</summary>
    public const int LongestWord = 48;

    // Ifeoma ends like a tumour and Roseer like one who does something; above this the word looks more like a name than its ending tells.
    private const float NameInSpiteOfEnding = 0.3f;

    private const int ShortestRareName = 4;

    private readonly NameSet names;
    private readonly Dictionary<string, WordClass>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    /// <summary>Keeps the table; it must compare ordinally.</summary>
    public Lexicon(Dictionary<string, WordClass> words, NameModel model, NameSet names)
    {
        Model = model;
        this.names = names;
        // Not a frozen one: making that costs a program that cleans one file more than its lookups save.
        bySpan = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public NameModel Model { get; }

    public WordClass ClassOf(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord) return WordClass.None;
        Span<char> folded = stackalloc char[LongestWord * 2];
        var length = Folding.Fold(word, folded);
        return length <= 0 ? WordClass.None : ClassOfFolded(folded[..length]);
    }

    public WordClass ClassOfFolded(ReadOnlySpan<char> folded)
    {
        bySpan.TryGetValue(folded, out var found);
        if ((found & WordClass.Vocabulary) == 0)
        {
            if (folded.Length >= ShortestRareName && names.Contains(folded)) found |= WordClass.RareName;
            else if (WordForms.IsDerived(folded, this) && Model.Score(folded) < NameInSpiteOfEnding) found |= WordClass.Derived;
        }

        if (WordForms.IsStreetName(folded)) found |= WordClass.Street;
        return found;
    }

    /// <summary>The classes of a word as listed, without looking at how it is formed.</summary>
    public WordClass Listed(ReadOnlySpan<char> folded) => bySpan.TryGetValue(folded, out var found) ? found : WordClass.None;
}
