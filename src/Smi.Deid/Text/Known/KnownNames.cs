using Smi.Deid.Identifiers;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Known;

/// <summary>The parts of the person names known from the header, folded: what is looked for in a text. Immutable.</summary>
internal sealed class KnownNames
{
    private const int ShortestFuzzy = 5;
    private readonly Dictionary<string, NamePart> parts = new(StringComparer.Ordinal);
    private readonly List<string> fuzzy = [];
    private readonly List<string> ideographs = [];

    public KnownNames(KnownIdentifiers known, Lexicon lexicon, Nicknames nicknames)
    {
        foreach (var identifier in known.All)
        {
            if (identifier.Kind is IdentifierKind.PatientName or IdentifierKind.OtherPersonName) AddName(identifier.Value, lexicon, nicknames);
        }

        fuzzy.AddRange(parts.Where(part => part.Key.Length >= ShortestFuzzy && part.Value != NamePart.OrdinaryWord && part.Value != NamePart.Nickname).Select(part => part.Key));
    }

    /// <summary>Name parts in writings without spaces, longest first.</summary>
    public IReadOnlyList<string> Ideographs => ideographs;

    public bool IsEmpty => parts.Count == 0 && ideographs.Count == 0;

    public NamePart Exact(ReadOnlySpan<char> folded) =>
        parts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out var part) ? part : NamePart.None;

    /// <summary>Is the word a known name with a letter or two wrong, or letters read as digits?</summary>
    public bool IsMisspelt(ReadOnlySpan<char> folded)
    {
        if (folded.Length < ShortestFuzzy - 1) return false;
        foreach (var name in fuzzy)
        {
            var allowed = name.Length >= 8 ? 2 : 1;
            if (Math.Abs(name.Length - folded.Length) > allowed) continue;
            // Two errors only where the word still begins like the name; otherwise ordinary words come too near.
            if (allowed == 2 && name[0] != folded[0]) allowed = 1;
            if (EditDistance.IsWithin(name, folded, allowed)) return true;
        }

        return false;
    }

    /// <summary>Is a known name of some length hidden inside a longer word (GTVPettigrew)?</summary>
    public bool IsInside(ReadOnlySpan<char> folded)
    {
        foreach (var name in fuzzy)
        {
            if (name.Length >= ShortestFuzzy && folded.Length > name.Length && folded.IndexOf(name, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }

    private void AddName(string value, Lexicon lexicon, Nicknames nicknames)
    {
        foreach (var group in value.Split('='))
        {
            var components = group.Split('^');
            // Prefix and suffix (Dr, Jr) say nothing about the person.
            foreach (var component in components.Take(3)) AddComponent(component.Trim(), lexicon, nicknames);
            AddIdeographs(components);
        }
    }

    private void AddComponent(string component, Lexicon lexicon, Nicknames nicknames)
    {
        if (component.Length < 2) return;
        var words = component.Split([' ', '-', '.', ',', '_', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            AddPart(word, lexicon, particleCounts: words.Length == 1);
            foreach (var nickname in nicknames.Of(Folding.Fold(word))) parts.TryAdd(nickname, NamePart.Nickname);
        }

        if (words.Length > 1) AddPart(string.Concat(words), lexicon, particleCounts: true);
    }

    private void AddPart(string word, Lexicon lexicon, bool particleCounts)
    {
        var folded = Folding.Fold(word);
        if (folded.Length < 2) return;
        var listed = lexicon.ClassOfFolded(folded);
        if ((listed & (WordClass.Placeholder | WordClass.Title | WordClass.PostNominal)) != 0 && folded.Length > 1 && (listed & WordClass.PersonName) == 0) return;
        if (!particleCounts && (listed & WordClass.Particle) != 0) return;
        // A short name is often an abbreviation as well (Ng and NG): capitals tell them apart.
        var common = folded.Length < 4 ? WordClass.Common | WordClass.Function : WordClass.Vocabulary;
        var part = (listed & (common | WordClass.Month | WordClass.Eponym)) != 0 ? NamePart.OrdinaryWord
            : folded.Length < 4 ? NamePart.Short : NamePart.Plain;
        parts[folded] = part;
        if (Folding.FoldWithDigraphs(word) is var spelled && spelled != folded) parts[spelled] = part;
    }

    private void AddIdeographs(string[] components)
    {
        var names = components.Take(3).Select(component => component.Trim()).Where(component => component.Length > 0 && component.All(IsIdeograph)).ToArray();
        if (names.Length == 0) return;
        ideographs.Add(string.Concat(names));
        ideographs.AddRange(names.Where(name => name.Length > 1));
        if (names.Length > 1) ideographs.Add(string.Join(' ', names));
        ideographs.Sort((left, right) => right.Length.CompareTo(left.Length));
    }

    private static bool IsIdeograph(char character) => character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or '々';
}
