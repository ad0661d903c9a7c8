using System.Text;
using UglyToad.PdfPig.Content;

namespace Smi.Deid.Reports;

/// <summary>
/// One line of a PDF page as text. Letters set far apart look like words of one to three letters, and no name is seen in those; where the page
/// draws its blanks, such pieces are put together again between two blanks.
/// </summary>
internal sealed class PdfLine(ILookup<int, double> blanks)
{
    private const int FewestPieces = 4;
    private const double LongestMeanPiece = 3.5;

    /// <summary>The widest gap inside a word, in sizes of the type; columns are farther apart.</summary>
    private const double WidestGap = 0.9;

    /// <summary>Where a page draws a blank: the horizontal places by the rounded height of the base line, both in points.</summary>
    public static ILookup<int, double> BlanksOf(Page page) =>
        page.Letters.Where(letter => string.IsNullOrWhiteSpace(letter.Value)).ToLookup(letter => HeightOf(letter), letter => letter.StartBaseLine.X);

    /// <param name="words">The words of one line from left to right, at least one.</param>
    public string TextOf(IReadOnlyList<Word> words)
    {
        var places = PlacesOfBlanks(words);
        var text = new StringBuilder(words[0].Text);
        for (var index = 1; index < words.Count; index++)
        {
            if (places.Length == 0 || !IsTorn(words[index - 1], words[index], places)) text.Append(' ');
            text.Append(words[index].Text);
        }

        return text.ToString();
    }

    /// <summary>None when the line is set as most lines are.</summary>
    private double[] PlacesOfBlanks(IReadOnlyList<Word> words)
    {
        if (words.Count < FewestPieces || words.Average(word => word.Text.Length) > LongestMeanPiece) return [];
        var height = HeightOf(words[0].Letters[0]);
        return [.. blanks[height - 1].Concat(blanks[height]).Concat(blanks[height + 1]).Order()];
    }

    private static bool IsTorn(Word left, Word right, double[] places)
    {
        var from = left.BoundingBox.Right - 0.5;
        var to = right.BoundingBox.Left + 0.5;
        if (to - from > WidestGap * right.Letters[0].PointSize + 1) return false;
        var next = Array.BinarySearch(places, from);
        if (next < 0) next = ~next;
        return next == places.Length || places[next] > to;
    }

    private static int HeightOf(Letter letter) => (int)Math.Round(Math.Clamp(letter.StartBaseLine.Y, -1e6, 1e6));
}
