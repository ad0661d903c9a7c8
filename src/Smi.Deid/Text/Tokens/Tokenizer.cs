using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Tokens;

/// <summary>Cuts a text into tokens in one pass and decides where sentences begin and how each is written.</summary>
internal sealed class Tokenizer
{
    // Of a token and the blank behind it. More tokens than that make the array grow, but never beyond what the rest of the text can hold.
    private const int UsualLength = 5;

    private readonly Lexicon lexicon;

    public Tokenizer(Lexicon lexicon) => this.lexicon = lexicon;

    public TokenizedText Tokenize(string text, TextProfile profile)
    {
        var tokens = Cut(text);
        var segments = MarkSegments(text, tokens);
        MarkWordsSeenInLower(text, tokens);
        return new TokenizedText(text, tokens, SegmentStyles.Of(text, tokens, segments), profile);
    }

    private Token[] Cut(string text)
    {
        var tokens = new Token[text.Length / UsualLength + 4];
        var count = 0;
        var space = true;
        var line = true;
        for (var position = 0; position < text.Length;)
        {
            var character = text[position];
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                space = true;
                line |= character is '\n' or '\r' or '\f' or '\v';
                position++;
                continue;
            }

            var token = Next(text, ref position);
            token.SpaceBefore = space;
            token.LineBefore = line;
            if (count == tokens.Length) Array.Resize(ref tokens, (int)Math.Min(2L * count, count + 1L + text.Length - position));
            tokens[count++] = token;
            space = line = false;
        }

        Array.Resize(ref tokens, count);
        return tokens;
    }

    private Token Next(string text, ref int position)
    {
        var start = position;
        var kind = KindAt(text, start);
        if (kind == TokenKind.Symbol)
        {
            position++;
            return new Token { Start = start, Length = 1, Kind = TokenKind.Symbol };
        }

        if (kind == TokenKind.Ideograph)
        {
            while (position < text.Length && IsIdeograph(text[position])) position++;
            return new Token { Start = start, Length = position - start, Kind = TokenKind.Ideograph };
        }

        var token = ReadWord(text, start);
        position = token.End + (token.Possessive ? 2 : 0);
        return token;
    }

    private Token ReadWord(string text, int start)
    {
        var end = start;
        var letters = false;
        var digits = false;
        while (end < text.Length)
        {
            var character = text[end];
            if (char.IsAsciiDigit(character)) digits = true;
            else if (IsLetter(character)) letters = true;
            else if (!(letters && IsInnerApostrophe(text, end)) || IsPossessive(text, end)) break;
            end++;
        }

        var token = new Token { Start = start, Length = end - start, Possessive = IsPossessive(text, end) };
        token.Kind = letters ? digits ? TokenKind.Mixed : TokenKind.Word : TokenKind.Number;
        if (token.Kind != TokenKind.Word) return token;
        token.Case = CaseOf(text.AsSpan(start, end - start));
        token.Class = lexicon.ClassOf(text.AsSpan(start, end - start));
        return token;
    }

    private static TokenKind KindAt(string text, int position)
    {
        var character = text[position];
        if (IsIdeograph(character)) return TokenKind.Ideograph;
        return IsLetter(character) || char.IsAsciiDigit(character) ? TokenKind.Word : TokenKind.Symbol;
    }

    private static bool IsLetter(char character) =>
        (char.IsLetter(character) && !IsIdeograph(character)) || (character > 127 && Folding.IsCombining(character));

    private static bool IsIdeograph(char character) =>
        character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF')
            or (>= '\uF900' and <= '\uFAFF') or '々';

    private static bool IsInnerApostrophe(string text, int position) =>
        Folding.IsApostrophe(text[position]) && position + 1 < text.Length && IsLetter(text[position + 1]);

    /// <summary>'s at the end of a word.</summary>
    private static bool IsPossessive(string text, int position) =>
        position + 1 < text.Length && Folding.IsApostrophe(text[position]) && text[position + 1] is 's' or 'S' && position > 0
        && (position + 2 >= text.Length || !IsLetter(text[position + 2]));

    private static LetterCase CaseOf(ReadOnlySpan<char> word)
    {
        var upper = 0;
        var letters = 0;
        foreach (var character in word)
        {
            if (!char.IsLetter(character)) continue;
            letters++;
            if (char.IsUpper(character)) upper++;
        }

        if (upper == 0) return LetterCase.Lower;
        if (upper == letters && letters > 1) return LetterCase.Upper;
        return upper == 1 && char.IsUpper(word[0]) ? LetterCase.Capitalised : LetterCase.Inner;
    }

    /// <summary>Numbers the sentences and lines; returns how many there are.</summary>
    private static int MarkSegments(string text, Token[] tokens)
    {
        var segment = 0;
        for (var index = 0; index < tokens.Length; index++)
        {
            var starts = index == 0 || tokens[index].LineBefore || EndsSentence(text, tokens, index - 1);
            if (starts && index > 0) segment++;
            tokens[index].SentenceStart = starts || (index > 0 && tokens[index - 1].SentenceStart && IsOpening(text, tokens[index - 1]));
            tokens[index].Segment = segment;
        }

        return segment + 1;
    }

    private static bool IsOpening(string text, Token token) =>
        token.Kind == TokenKind.Number || (token.Kind == TokenKind.Symbol && text[token.Start] is '(' or '"' or '-' or '*' or '•' or '.' or '[' or '>');

    private static bool EndsSentence(string text, Token[] tokens, int index)
    {
        if (tokens[index].Kind != TokenKind.Symbol || !tokens[index + 1].SpaceBefore) return false;
        var symbol = text[tokens[index].Start];
        if (symbol is '!' or '?' or '•' or '|') return true;
        if (symbol != '.' || index == 0) return false;
        var before = tokens[index - 1];
        if (index > 1 && before.Length == 2 && before.Case == LetterCase.Upper && IsAmount(text, tokens[index - 2])) return true;
        return before.Kind != TokenKind.Word || (before.Length > 1 && !before.Is(WordClass.Title | WordClass.Street | WordClass.Particle));
    }

    /// <summary>"No MR. Prior …" is mitral regurgitation and then another sentence.</summary>
    private static bool IsAmount(string text, Token token) =>
        text.AsSpan(token.Start, token.Length) is "no" or "mild" or "moderate" or "severe" or "trace" or "trivial" or "and" or "without" or "significant" or "minimal";

    private static void MarkWordsSeenInLower(string text, Token[] tokens)
    {
        var lower = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (token.Case == LetterCase.Lower && !token.Is(WordClass.Vocabulary) && token.Length is > 3 and <= Lexicon.LongestWord)
            {
                lower.Add(Folding.Fold(text.Substring(token.Start, token.Length)));
            }
        }

        if (lower.Count == 0) return;
        for (var index = 0; index < tokens.Length; index++)
        {
            ref var token = ref tokens[index];
            if (token.Kind != TokenKind.Word || token.Case == LetterCase.Lower || token.Is(WordClass.Ordinary)) continue;
            if (lower.Contains(Folding.Fold(text.Substring(token.Start, token.Length)))) token.Class |= WordClass.SeenInLower;
        }
    }
}
