using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>What stands in dates of every notation, and what beside a number says that it is none.</summary>
internal static class DateParts
{
    public static bool IsYear(int value) => value is >= 1880 and <= 2099;

    public static bool IsSeparator(TokenizedText text, int index) =>
        text.IsSymbol(index, '/') || text.IsSymbol(index, '-') || text.IsSymbol(index, '.') || text.IsSymbol(index, '–') || text.IsSymbol(index, '\\');

    public static bool IsUnit(TokenizedText text, int index) => text.Is(index, WordClass.Unit) && !text[index].LineBefore;

    public static bool IsMeasureSymbol(TokenizedText text, int index) => text.IsSymbol(index, '%') || text.IsSymbol(index, '.') && text.Glued(index + 1) || text.Equals(index, "x") || text.IsSymbol(index, '-') && text.Glued(index + 1);
}
