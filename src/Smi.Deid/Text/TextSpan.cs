namespace Smi.Deid.Text;

/// <summary>A stretch of text that identifies somebody: offsets in UTF-16 units of the original text, what it is, and the rule that found it.</summary>
public readonly record struct TextSpan(int Start, int Length, TextCategory Category, string Rule)
{
    public int End => Start + Length;
}
