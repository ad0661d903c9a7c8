using Smi.Deid.Text.Context;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Known;

/// <summary>Finds the names known from the header: every part, with initials, run together, hyphenated otherwise, misspelt or misread.</summary>
internal sealed class KnownNameFinder : ITextFinder
{
    private const int Longest = Lexicon.LongestWord * 2;
    private readonly KnownNames names;

    public KnownNameFinder(KnownNames names) => this.names = names;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        if (names.IsEmpty) return;
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].Kind == TokenKind.Word || text[index].Kind == TokenKind.Mixed) FindAt(text, index, spans);
        }

        foreach (var name in names.Ideographs) FindRun(text.Text, name, spans);
    }

    private void FindAt(TokenizedText text, int index, SpanCollector spans)
    {
        var compound = EndOfCompound(text, index);
        if (compound > index && IsCompoundStart(text, index) && IsKnownRun(text, index, compound, fuzzy: true))
        {
            Add(text, index, compound, spans);
            return;
        }

        if (IsKnownWord(text, index))
        {
            Add(text, index, index, spans);
        }
        else if (text.IsWord(index) && text.IsWord(index + 1) && !text[index + 1].LineBefore && !text.Glued(index + 1) && text[index].Case != LetterCase.Lower && IsKnownRun(text, index, index + 1, fuzzy: false))
        {
            Add(text, index, index + 1, spans);
        }
    }

    private bool IsKnownWord(TokenizedText text, int index)
    {
        if (text[index].Length > Lexicon.LongestWord) return false;
        Span<char> folded = stackalloc char[Longest];
        var word = folded[..Math.Max(0, Folding.Fold(text.Raw(index), folded))];
        return names.Exact(word) switch
        {
            NamePart.Plain => true,
            NamePart.Short => text[index].Case is LetterCase.Capitalised or LetterCase.Inner || (text[index].Case == LetterCase.Upper && (text[index].Class & (WordClass.Clinical | WordClass.Function)) == 0),
            NamePart.Nickname => text[index].Case != LetterCase.Lower && !text[index].Is(WordClass.Ordinary) && !text[index].Is(WordClass.Eponym) || IsUsedAsName(text, index),
            NamePart.OrdinaryWord => IsUsedAsName(text, index),
            _ => IsUnknownLikeName(text, index, word),
        };
    }

    private bool IsUnknownLikeName(TokenizedText text, int index, ReadOnlySpan<char> word)
    {
        ref readonly var token = ref text[index];
        if (token.Is(WordClass.Vocabulary) || token.Is(WordClass.Eponym)) return false;
        if (token.Kind == TokenKind.Mixed && token.Length < 6) return false;
        var capital = token.Kind == TokenKind.Mixed || token.Case != LetterCase.Lower;
        return (capital && names.IsMisspelt(word)) || (!token.Is(WordClass.Ordinary) && names.IsInside(word));
    }

    /// <summary>A word such as May or Brown counts beside another known part, a title or an initial, or with a capital where English has none.</summary>
    private bool IsUsedAsName(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Case == LetterCase.Lower) return false;
        // Milan Koning: beside another part of the name even an eponym is one, unless the noun of its term follows.
        if (IsNameBeside(text, index) && !ClinicalGuard.IsBeforeTermNoun(text, index)) return true;
        if (ClinicalGuard.IsTermAt(text, index) && !text.Is(index - 1, WordClass.Title)) return false;
        if (IsNameBeside(text, index) || HasInitialBeside(text, index) || text.Is(index - 1, WordClass.Title) || (text.IsSymbol(index - 1, '.') && text.Is(index - 2, WordClass.Title))) return true;
        if (token.Is(WordClass.Month) && (text.IsNumber(index - 1) || text.IsNumber(index + 1))) return false;
        if (text.InCapitals(index) || text.Style(index) == SegmentStyle.Title) return text.Is(index + 1, WordClass.PersonVerb) && !token.Is(WordClass.Function | WordClass.Clinical | WordClass.Eponym);
        if (token.Case == LetterCase.Upper && token.Length < 4) return false;
        if (token.Is(WordClass.Eponym) && !text.Is(index + 1, WordClass.PersonVerb)) return !token.SentenceStart && text.Profile == TextProfile.Report && !token.Possessive;
        if (text.Profile == TextProfile.Descriptor) return !token.SentenceStart && !token.Is(WordClass.Function | WordClass.Clinical);
        return !token.SentenceStart || (!token.Is(WordClass.Function | WordClass.Clinical) && (text.Is(index + 1, WordClass.PersonVerb) || text.IsSymbol(index + 1, ',')));
    }

    private bool IsNameBeside(TokenizedText text, int index) => IsPart(text, SkipBack(text, index)) || IsPart(text, SkipForward(text, index));

    private bool IsPart(TokenizedText text, int index)
    {
        if (!text.IsWord(index) || text[index].Case == LetterCase.Lower || text[index].Length > Lexicon.LongestWord) return false;
        Span<char> folded = stackalloc char[Longest];
        var length = Folding.Fold(text.Raw(index), folded);
        return length > 1 && names.Exact(folded[..length]) is not (NamePart.None or NamePart.Nickname);
    }

    private static int SkipBack(TokenizedText text, int index)
    {
        var earliest = --index - TokenizedText.Reach;
        while (index > earliest && (text.IsSymbol(index, ',') || text.IsSymbol(index, '.') || text.IsSymbol(index, '-') || text.IsSymbol(index, '^') || (text.IsWord(index) && text[index].Length == 1))) index--;
        return index;
    }

    private static int SkipForward(TokenizedText text, int index)
    {
        var latest = ++index + TokenizedText.Reach;
        while (index < latest && (text.IsSymbol(index, ',') || text.IsSymbol(index, '.') && text.Exists(index + 1) && !text[index + 1].SentenceStart || text.IsSymbol(index, '-') || text.IsSymbol(index, '^') || (text.IsWord(index) && text[index].Length == 1))) index++;
        return index;
    }

    private static bool HasInitialBeside(TokenizedText text, int index) =>
        text.IsSymbol(index - 1, '.') && text.IsWord(index - 2) && text[index - 2].Length == 1 && char.IsUpper(text.Raw(index - 2)[0]);

    /// <summary>The span takes in particles and initials around the name.</summary>
    private static void Add(TokenizedText text, int first, int last, SpanCollector spans)
    {
        while (first > 0 && last - first < TokenizedText.Reach && !text[first].LineBefore && IsLead(text, first - 1)) first--;
        while (text.IsSymbol(first, '.') || text.IsSymbol(first, '-') || text.IsSymbol(first, ',')) first++;
        spans.Add(text, first, IncludeInitial(text, last), TextCategory.Name, SpanStrength.Known, "known name");
    }

    private static bool IsLead(TokenizedText text, int index)
    {
        if (text.IsWord(index) && text[index].Length == 1) return char.IsUpper(text.Raw(index)[0]) && text.IsSymbol(index + 1, '.');
        if (text.IsSymbol(index, '.')) return index > 0 && text.IsWord(index - 1) && !text[index].SpaceBefore && ((text[index - 1].Length == 1 && char.IsUpper(text.Raw(index - 1)[0])) || text.Equals(index - 1, "st"));
        if (text.IsSymbol(index, '-')) return index > 0 && text.Glued(index) && text[index - 1].Is(WordClass.Particle);
        return text.IsWord(index) && text[index].Is(WordClass.Particle) && (!text[index].Is(WordClass.Function) || text[index].Case != LetterCase.Lower)
            && !(text.Equals(index, "st") && !text.IsSymbol(index + 1, '.'));
    }

    private static int IncludeInitial(TokenizedText text, int last)
    {
        var next = text.IsSymbol(last + 1, ',') ? last + 2 : last + 1;
        var initial = text.IsWord(next) && !text[next].LineBefore && text[next].Length == 1 && char.IsUpper(text.Raw(next)[0]) && text.IsSymbol(next + 1, '.') && text.Exists(next + 2) && !text[next + 2].SentenceStart;
        return initial ? next : last;
    }

    private static bool IsCompoundStart(TokenizedText text, int index) => !(text.Glued(index) && text.IsSymbol(index - 1, '-') && text.Glued(index - 1) && text.IsWord(index - 2));

    private static int EndOfCompound(TokenizedText text, int index)
    {
        for (var latest = index + TokenizedText.Reach; index < latest && text.IsSymbol(index + 1, '-') && text.Glued(index + 1) && text.IsWord(index + 2) && text.Glued(index + 2);) index += 2;
        return index;
    }

    private bool IsKnownRun(TokenizedText text, int first, int last, bool fuzzy)
    {
        Span<char> folded = stackalloc char[Longest];
        var length = 0;
        for (var index = first; index <= last; index++)
        {
            if (!text.IsWord(index)) continue;
            var added = text[index].Length > Lexicon.LongestWord ? -1 : Folding.Fold(text.Raw(index), folded[length..]);
            if (added < 0) return false;
            length += added;
        }

        var part = names.Exact(folded[..length]);
        return part == NamePart.Plain || (fuzzy && part == NamePart.None && text[first].Case != LetterCase.Lower && names.IsMisspelt(folded[..length]));
    }

    private static void FindRun(string text, string name, SpanCollector spans)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = at + name.Length < text.Length ? text.IndexOf(name, at + name.Length, StringComparison.Ordinal) : -1)
        {
            spans.Add(at, at + name.Length, TextCategory.Name, SpanStrength.Known, "known name");
        }
    }
}
