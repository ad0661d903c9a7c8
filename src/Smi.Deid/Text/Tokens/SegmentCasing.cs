namespace Smi.Deid.Text.Tokens;

/// <summary>How the words of each sentence or line are written, counted once.</summary>
internal sealed class SegmentCasing
{
    private readonly List<(bool Small, int Mixed, int Capitals)> segments = [];

    public SegmentCasing(TokenizedText text)
    {
        for (var index = 0; index < text.Count; index++)
        {
            ref readonly var token = ref text[index];
            while (segments.Count <= token.Segment) segments.Add(default);
            if (token.Kind != TokenKind.Word || token.Length < 2) continue;
            var (small, mixed, capitals) = segments[token.Segment];
            segments[token.Segment] = (
                small || (token.Case == LetterCase.Lower && token.Length > 2),
                mixed + (token.Case is LetterCase.Capitalised or LetterCase.Inner ? 1 : 0),
                capitals + (token.Case == LetterCase.Upper && token.Length > 2 ? 1 : 0));
        }
    }

    /// <summary>Has it words in small letters, and how many have capitals among small ones, or are in capitals?</summary>
    public (bool Small, int Mixed, int Capitals) Of(int segment) => segments[segment];
}
