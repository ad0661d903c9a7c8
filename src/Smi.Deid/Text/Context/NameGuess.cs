using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Whether an unknown word with a capital, inside the sentence of a report, is taken for a name: by how it looks and by what stands beside it.</summary>
internal sealed class NameGuess(NameModel model)
{
    private const int Shortest = 3;
    private const int ShortestAtBeginning = 4;

    // One name in a hundred looks so little like one, and more than half of the words of medicine that no list has.
    private const float TooUnlike = -3f;

    // At the beginning of a sentence every word has a capital: only what looks like a name counts.
    private const float NameAtBeginning = 1f;

    // "Birte to book transport".
    private const float NameWithTask = 0f;
    private const float AfterColon = -0.5f;
    private const float SurelyNameAtBeginning = 3f;

    public bool Is(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (text.Profile != TextProfile.Report || !text.InSentence(index)) return InnerNames.IsScottishOrIrish(text.Raw(index)) && token.Case == LetterCase.Inner;
        if (InnerNames.IsScottishOrIrish(text.Raw(index))) return true;
        var compound = TokenizedText.IsCompound(text, index);
        if ((token.Length < Shortest && !compound) || token.Case is not (LetterCase.Capitalised or LetterCase.Inner)) return false;
        var score = ScoreOf(text, index);
        if (token.SentenceStart && compound && !text[index + 2].Is(WordClass.Ordinary | WordClass.Eponym)) return score > TooUnlike;
        if (token.SentenceStart) return token.Length >= ShortestAtBeginning && score > (text.Equals(index + 1, "to") ? NameWithTask : IsFollowedLikePerson(text, index) ? NameAtBeginning : SurelyNameAtBeginning) && !text.IsSymbol(index + 1, ':');
        if (ProductNames.Is(text, index)) return false;
        if (text.IsSymbol(index + 1, ':') && score < NameAtBeginning) return false;
        if (text.IsSymbol(index - 1, ':') && score < AfterColon) return false;
        if (score < TooUnlike && !IsAfterPreposition(text, index)) return false;
        if (token.Case == LetterCase.Inner && (char.IsLower(text.Raw(index)[0]) || token.Length < 5)) return false;
        return !text.IsSymbol(index - 1, ':') || !text[index].Is(WordClass.Derived);
    }

    /// <summary>"Torquilidh from outreach", "Anastasios updated by", "Aoife and": a small word of grammar or a participle comes next.</summary>
    public static bool IsFollowedLikePerson(TokenizedText text, int index) =>
        text.IsWord(index + 1) && !text[index + 1].LineBefore && text[index + 1].Case == LetterCase.Lower && (text[index + 1].Is(WordClass.Function | WordClass.PersonVerb) || text.Raw(index + 1).EndsWith("ed", StringComparison.Ordinal));

    /// <summary>"In Invercargill": names of places look less like those of people.</summary>
    private static bool IsAfterPreposition(TokenizedText text, int index) => text.Equals(index - 1, "in") || text.Equals(index - 1, "at") || text.Equals(index - 1, "near") || text.Equals(index - 1, "from") || text.Equals(index - 1, "of");

    private float ScoreOf(TokenizedText text, int index)
    {
        Span<char> folded = stackalloc char[Lexicon.LongestWord * 2];
        return text[index].Length > Lexicon.LongestWord ? 0 : model.Score(folded[..Math.Max(0, Folding.Fold(text.Raw(index), folded))]);
    }
}
