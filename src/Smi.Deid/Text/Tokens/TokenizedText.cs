using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Tokens;

/// <summary>A text cut into tokens once; all finders read it. Holds patient text, so it has no printing ToString.</summary>
internal sealed class TokenizedText
{
    /// <summary>So many tokens a finder looks on from where it stands, whatever the text: what keeps the work linear in its length.</summary>
    public const int Reach = 16;

    private readonly Token[] tokens;
    private readonly SegmentStyle[] styles;

    public TokenizedText(string text, Token[] tokens, SegmentStyle[] styles, TextProfile profile)
    {
        Text = text;
        this.tokens = tokens;
        this.styles = styles;
        Profile = profile;
    }

    public string Text { get; }

    public TextProfile Profile { get; }

    public int Count => tokens.Length;

    /// <summary>How often a token was looked at: the measure of the work that a text makes.</summary>
    public long Looks { get; private set; }

    public ref readonly Token this[int index]
    {
        get
        {
            Looks++;
            return ref tokens[index];
        }
    }

    public ReadOnlySpan<char> Raw(int index) => Text.AsSpan(tokens[index].Start, tokens[index].Length);

    public SegmentStyle Style(int index) => styles[tokens[index].Segment];

    public bool InCapitals(int index) => Style(index) == SegmentStyle.Upper;

    /// <summary>In a sentence of a report, where capitals mean something.</summary>
    public bool InSentence(int index) => Style(index) == SegmentStyle.Sentence && Profile == TextProfile.Report;

    public bool Exists(int index)
    {
        Looks++;
        return (uint)index < (uint)tokens.Length;
    }

    public bool IsSymbol(int index, char symbol) =>
        Exists(index) && tokens[index].Kind == TokenKind.Symbol && Text[tokens[index].Start] == symbol;

    public bool IsWord(int index) => Exists(index) && tokens[index].Kind == TokenKind.Word;

    public bool IsNumber(int index) => Exists(index) && tokens[index].Kind == TokenKind.Number;

    public bool Is(int index, WordClass any) => Exists(index) && tokens[index].Is(any);

    /// <summary>Does the token touch the one before it?</summary>
    public bool Glued(int index) => Exists(index) && index > 0 && !tokens[index].SpaceBefore && !tokens[index].LineBefore;

    /// <summary>The folded word, for the few places that keep it.</summary>
    public string Folded(int index) => Folding.Fold(Raw(index).ToString());

    public bool Equals(int index, string folded)
    {
        if (!Exists(index) || folded.Length == 0) return false;
        var first = Text[tokens[index].Start];
        if (first < 128 && char.ToLowerInvariant(first) != folded[0]) return false;
        Span<char> buffer = stackalloc char[Lexicon.LongestWord * 2];
        if (tokens[index].Length > Lexicon.LongestWord) return false;
        var length = Folding.Fold(Raw(index), buffer);
        return length >= 0 && buffer[..length].SequenceEqual(folded);
    }

    /// <summary>A small particle before a capital, as in van der Meer or de la Cruz; none that English has as a word of its own.</summary>
    public static bool IsNobiliary(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Is(WordClass.Particle) && !text[index].Is(WordClass.Function) && text[index].Length > 1 && text[index].Case == LetterCase.Lower && !text.Equals(index, "st")
        && text.IsWord(index + 1) && !text[index + 1].LineBefore && (text[index + 1].Case != LetterCase.Lower || text[index + 1].Is(WordClass.Particle));

    /// <summary>Ní-Bhriain, Eun-Wei: two words with capitals and nothing but a hyphen between.</summary>
    public static bool IsCompound(TokenizedText text, int index, bool any = false) =>
        text.IsSymbol(index + 1, '-') && text.Glued(index + 1) && text.IsWord(index + 2) && text.Glued(index + 2) && (text[index + 2].Case is LetterCase.Capitalised or LetterCase.Inner || (text[index].Is(WordClass.Particle) && !any))
        && (any || text[index].Case == LetterCase.Capitalised);

    /// <summary>The value of a short number, or -1.</summary>
    public int Value(int index)
    {
        if (!IsNumber(index) || tokens[index].Length > 8) return -1;
        return int.TryParse(Raw(index), out var value) ? value : -1;
    }
}
