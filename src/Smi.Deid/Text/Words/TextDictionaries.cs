using Smi.Deid.Text.Context;
using Smi.Deid.Text.Known;

namespace Smi.Deid.Text.Words;

/// <summary>Everything the text cleaner looks words up in: the shipped lists and, over them, a site's folder. Immutable.</summary>
internal sealed class TextDictionaries
{
    private static readonly (string Resource, WordClass Class)[] Lists =
    [
        ("text-function-words.txt", WordClass.Function),
        ("text-common-words.txt", WordClass.Common),
        ("text-standard-words.txt", WordClass.Common),
        ("text-clinical-words.txt", WordClass.Clinical),
        ("text-protocol-words.txt", WordClass.Clinical),
        ("text-foreign-words.txt", WordClass.Common),
        ("text-medicines.txt", WordClass.Clinical),
        ("text-eponyms.txt", WordClass.Eponym),
        ("text-given-names.txt", WordClass.GivenName),
        ("text-surnames.txt", WordClass.Surname),
        ("text-places.txt", WordClass.Place),
    ];

    // What a site may put into its folder; one entry a line, so that entries may have several words.
    private static readonly Dictionary<string, (WordClass Class, PhraseKind? Phrase)> SiteFiles = new(StringComparer.Ordinal)
    {
        ["given-names.txt"] = (WordClass.GivenName, null),
        ["surnames.txt"] = (WordClass.Surname, null),
        ["clinical-words.txt"] = (WordClass.Clinical, null),
        ["eponyms.txt"] = (WordClass.Eponym, null),
        ["places.txt"] = (WordClass.Place, PhraseKind.Place),
        ["facilities.txt"] = (WordClass.None, PhraseKind.Facility),
    };

    private TextDictionaries(Lexicon lexicon, PhraseTable phrases, Nicknames nicknames)
    {
        Lexicon = lexicon;
        Phrases = phrases;
        Nicknames = nicknames;
    }

    public Lexicon Lexicon { get; }

    public PhraseTable Phrases { get; }

    public Nicknames Nicknames { get; }

    /// <summary>Loads the shipped lists and a site's folder, if any. An unknown file in the folder is an error: a misspelt name must not silently protect nobody.</summary>
    public static TextDictionaries Load(string? siteFolder)
    {
        var words = new Dictionary<string, WordClass>(StringComparer.Ordinal);
        foreach (var (resource, wordClass) in Lists) AddWords(words, TextResource.Lines(resource), wordClass);
        foreach (var (key, entries) in TextResource.Table("text-word-classes.tsv"))
        {
            if (!Enum.TryParse<WordClass>(key, out var wordClass)) throw new InvalidDataException($"text-word-classes.tsv: unknown class '{key}'");
            AddWords(words, [entries], wordClass);
        }

        var phrases = ReadPhrases();
        foreach (var (phrase, _) in phrases.Where(phrase => IsLabelWord(phrase.Phrase, phrase.Kind) && (words.GetValueOrDefault(Folding.Fold(phrase.Phrase)) & WordClass.PersonName) == 0)) AddWords(words, [phrase], WordClass.Common);
        if (siteFolder is not null) AddSiteFolder(siteFolder, words, phrases);
        return new TextDictionaries(new Lexicon(words, NameModel.Load(), NameSet.Load()), new PhraseTable(phrases), new Nicknames(TextResource.Lines("text-nicknames.txt")));
    }

    private static List<(string Phrase, PhraseKind Kind)> ReadPhrases()
    {
        var phrases = new List<(string, PhraseKind)>();
        foreach (var (key, entries) in TextResource.Table("text-phrases.tsv"))
        {
            if (!Enum.TryParse<PhraseKind>(key, out var kind)) throw new InvalidDataException($"text-phrases.tsv: unknown kind '{key}'");
            phrases.AddRange(entries.Split('|').Select(phrase => (phrase, kind)));
        }

        return phrases;
    }

    /// <summary>"Paciente", "Ref": what can stand before a colon is no name.</summary>
    private static bool IsLabelWord(string phrase, PhraseKind kind) =>
        kind is PhraseKind.NameLabel or PhraseKind.IdLabel or PhraseKind.DateLabel or PhraseKind.PhoneLabel or PhraseKind.AddressLabel or PhraseKind.FacilityLabel
        && !phrase.Contains(' ', StringComparison.Ordinal);

    private static void AddSiteFolder(string folder, Dictionary<string, WordClass> words, List<(string Phrase, PhraseKind Kind)> phrases)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (!SiteFiles.TryGetValue(name, out var kind))
            {
                throw new InvalidDataException($"{name}: not a dictionary; the files of a dictionary folder are {string.Join(", ", SiteFiles.Keys.Order(StringComparer.Ordinal))}");
            }

            var lines = TextResource.Entries(File.ReadLines(path)).ToList();
            AddWords(words, lines.Where(line => kind.Phrase is null || !line.Contains(' ', StringComparison.Ordinal)), kind.Class);
            if (kind.Phrase is { } phrase) phrases.AddRange(lines.Where(line => phrase == PhraseKind.Facility || line.Contains(' ', StringComparison.Ordinal)).Select(line => (line, phrase)));
        }
    }

    private static void AddWords(Dictionary<string, WordClass> words, IEnumerable<string> lines, WordClass wordClass)
    {
        foreach (var line in lines)
        {
            foreach (var word in line.Split([' ', '\t', '-', ','], StringSplitOptions.RemoveEmptyEntries))
            {
                var folded = Folding.Fold(word);
                if (folded.Length == 0) continue;
                words[folded] = words.GetValueOrDefault(folded) | wordClass;
            }
        }
    }
}
