using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text.Formats;

/// <summary>Numbers separated by single blanks, hyphens or dots, as phone and patient numbers are written.</summary>
internal readonly struct DigitGroups
{
    private readonly int[] indexes;

    private DigitGroups(int[] indexes, string shape, string joinedShape)
    {
        this.indexes = indexes;
        Shape = shape;
        JoinedShape = joinedShape;
    }

    public int Count => indexes.Length;

    /// <summary>The group lengths, one digit each: "334".</summary>
    public string Shape { get; }

    /// <summary>The group lengths with the separators that are not blanks: "3-2-4".</summary>
    public string JoinedShape { get; }

    public static DigitGroups Read(TokenizedText text, int first, int most)
    {
        Span<int> found = stackalloc int[most];
        var joined = new System.Text.StringBuilder();
        var count = 0;
        for (var index = first; count < most && text.IsNumber(index) && text[index].Length <= 9;)
        {
            found[count++] = index;
            joined.Append((char)('0' + text[index].Length));
            if (text.IsNumber(index + 1) && !text[index + 1].LineBefore && text[index + 1].Start == text[index].End + 1) index++;
            else if (IsSeparator(text, index + 1))
            {
                joined.Append('-');
                index += 2;
            }
            else break;
        }

        var shape = joined.ToString();
        return new DigitGroups(found[..count].ToArray(), shape.Replace("-", "", StringComparison.Ordinal), shape.TrimEnd('-'));
    }

    public bool Starts(string shape) => (shape.Contains('-', StringComparison.Ordinal) ? JoinedShape : Shape).StartsWith(shape, StringComparison.Ordinal);

    public int TokenOf(int group) => indexes[group];

    public string Digits(TokenizedText text, int groups)
    {
        var digits = new System.Text.StringBuilder();
        for (var group = 0; group < groups; group++) digits.Append(text.Raw(indexes[group]));
        return digits.ToString();
    }

    public int Total(TokenizedText text, int groups)
    {
        var total = 0;
        for (var group = 0; group < groups; group++) total += text[indexes[group]].Length;
        return total;
    }

    private static bool IsSeparator(TokenizedText text, int index) =>
        (text.IsSymbol(index, '-') || text.IsSymbol(index, '.') || text.IsSymbol(index, '–')) && text.Glued(index) && text.IsNumber(index + 1) && text.Glued(index + 1);
}
