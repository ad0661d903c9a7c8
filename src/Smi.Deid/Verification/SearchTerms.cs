using System.Text;
using Smi.Deid.Identifiers;
using Smi.Dicom;

namespace Smi.Deid.Verification;

/// <summary>What to look for, made from the identifiers of one patient.</summary>
internal sealed class SearchTerms
{
    private const int ShortestName = 4;
    private const int ShortestId = 5;
    private const int ShortestDigits = 8;
    private static readonly HashSet<string> CommonWords = LoadCommonWords();
    private readonly Dictionary<string, List<SearchTerm>> byFirstWord = new(StringComparer.Ordinal);
    private readonly List<DigitTerm> digits = [];

    public SearchTerms(KnownIdentifiers known)
    {
        foreach (var identifier in known.All)
        {
            Add(identifier);
        }
    }

    public bool IsEmpty => byFirstWord.Count == 0 && digits.Count == 0;

    /// <summary>Identifiers of eight and more digits, separators taken out.</summary>
    public IReadOnlyList<DigitTerm> Digits => digits;

    /// <summary>The terms of one word that count wherever they stand, with their identifiers: upper case, as <see cref="Words"/> cuts them.</summary>
    public IEnumerable<(string Word, KnownIdentifier Identifier)> SingleWords =>
        byFirstWord.Values.SelectMany(terms => terms).Where(term => term is { IsWholeValueOnly: false, Words.Count: 1 }).Select(term => (term.Words[0], term.Identifier));

    public IReadOnlyList<SearchTerm> StartingWith(string word) =>
        byFirstWord.TryGetValue(word, out var terms) ? terms : [];

    private void Add(KnownIdentifier identifier)
    {
        switch (identifier.Kind)
        {
            case IdentifierKind.PatientName or IdentifierKind.OtherPersonName:
                AddName(identifier);
                break;
            case IdentifierKind.Address or IdentifierKind.Institution:
                AddDistinctiveWords(identifier, Words.Of(identifier.Value));
                AddWholeValue(identifier);
                break;
            case IdentifierKind.BirthDate:
                AddBirthDate(identifier);
                break;
            default:
                AddNumber(identifier);
                break;
        }
    }

    private void AddName(KnownIdentifier identifier)
    {
        foreach (var group in identifier.Value.Split('='))
        {
            var components = group.Split('^').Select(component => Words.Of(component)).Where(words => words.Count > 0).ToList();
            AddDistinctiveWords(identifier, components.SelectMany(words => words));
            AddIdeographs(identifier, components);
            if (components is [[var family, ..], [var given, ..], ..] && family.Length + given.Length > 3)
            {
                Add(new SearchTerm { Words = [family, given], Identifier = identifier });
                Add(new SearchTerm { Words = [given, family], Identifier = identifier });
            }
        }

        AddWholeValue(identifier);
    }

    private void AddDistinctiveWords(KnownIdentifier identifier, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            if (word.Count(char.IsLetter) >= ShortestName && !CommonWords.Contains(word))
            {
                Add(new SearchTerm { Words = [word], Identifier = identifier });
            }
        }
    }

    // A name of two and more ideographs is as telling as one of four letters.
    private void AddIdeographs(KnownIdentifier identifier, List<List<string>> components)
    {
        foreach (var words in components)
        {
            if (words.Count >= 2 && words.TrueForAll(word => word.Length == 1 && Words.IsIdeograph(word[0])))
            {
                Add(new SearchTerm { Words = words, Identifier = identifier });
            }
        }
    }

    private void AddWholeValue(KnownIdentifier identifier) =>
        Add(new SearchTerm { Words = Words.Of(identifier.Value), Identifier = identifier, IsWholeValueOnly = true });

    private void AddBirthDate(KnownIdentifier identifier)
    {
        var value = identifier.Value;
        if (value.Length != 8 || !value.All(char.IsAsciiDigit) || value[..4] is "1900" or "0001" or "9999")
        {
            return;
        }

        var (year, month, day) = (value[..4], value[4..6], value[6..]);
        Add(new SearchTerm { Words = [value], Identifier = identifier });
        Add(new SearchTerm { Words = [year, month, day], Identifier = identifier });
        Add(new SearchTerm { Words = [day, month, year], Identifier = identifier });
    }

    private void AddNumber(KnownIdentifier identifier)
    {
        var value = identifier.Value;
        var words = Words.Of(value);
        if (value.Length >= ShortestId && value.Any(char.IsAsciiDigit) && words.Count > 0 && !IsPlaceholder(value))
        {
            Add(new SearchTerm { Words = words, Identifier = identifier });
        }
        else
        {
            AddWholeValue(identifier);
        }

        var onlyDigits = DigitsOf(value);
        if (onlyDigits.Length >= ShortestDigits && !IsPlaceholder(onlyDigits))
        {
            digits.Add(new DigitTerm(onlyDigits, identifier));
        }
    }

    private static bool IsPlaceholder(string value) => value.Distinct().Count() <= 2;

    private static string DigitsOf(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (char.IsAsciiDigit(character))
            {
                text.Append(character);
            }
            else if (char.IsLetter(character))
            {
                return "";
            }
        }

        return text.ToString();
    }

    private void Add(SearchTerm term)
    {
        if (term.Words.Count == 0 || (term.IsWholeValueOnly && term.Words.All(CommonWords.Contains)))
        {
            return;
        }

        if (!byFirstWord.TryGetValue(term.Words[0], out var terms))
        {
            byFirstWord[term.Words[0]] = terms = [];
        }

        terms.Add(term);
    }

    private static HashSet<string> LoadCommonWords() =>
        ResourceTable.Rows(typeof(SearchTerms).Assembly, "common-words.txt")
            .SelectMany(row => row[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
