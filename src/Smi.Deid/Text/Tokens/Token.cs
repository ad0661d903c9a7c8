using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Tokens;

/// <summary>One token of a text, with everything the finders ask about it.</summary>
internal struct Token
{
    public int Start;
    public int Length;

    /// <summary>The sentence or line it stands in, counted from 0.</summary>
    public int Segment;
    public WordClass Class;
    public TokenKind Kind;
    public LetterCase Case;
    public bool SpaceBefore;
    public bool LineBefore;
    public bool SentenceStart;

    /// <summary>An 's follows that is not part of the token.</summary>
    public bool Possessive;

    public readonly int End => Start + Length;

    public readonly bool Is(WordClass any) => (Class & any) != 0;
}
