using System.Text;
using UglyToad.PdfPig.Content;

namespace Smi.Deid.Reports;

/// <summary>
/// One line of a PDF page as text. Letters set far apart look like words of one to three letters, and no name is seen in those; where the page
/// draws its blanks, such pieces are put together again between two blanks. A long line of them without drawn blanks cannot be read surely.
/// </summary>
internal sealed class PdfLine(ILookup<int, double> blanks)
{
    private const int FewestPieces = 4;
    private const double LongestMeanPiece = 3.5;

    private const int ManyPieces = 8;
    private const double ShortMeanPiece = 2.6;

    private const int FewLetters = 3;
    private const double MeanOfLetters = 1.2;

    /// <summary>The widest gap inside a word, in sizes of the type; columns are farther apart.</summary>
    private const double WidestGap = 0.9;

    /// <summary>Where a page draws a blank: the horizontal places by the rounded height of the base line, both in points.</summary>
    public static ILookup<int, double> BlanksOf(Page page) =>
        page.Letters.Where(letter => string.IsNullOrWhiteSpace(letter.Value)).ToLookup(letter => HeightOf(letter), letter => letter.StartBaseLine.X);

    /// <param name="words">The words of one line from left to right, at least one.</param>
    /// <exception cref="InvalidDataException">Nothing tells where the words of the line end.</exception>
    public string TextOf(IReadOnlyList<Word> words)
    {
        var places = PlacesOfBlanks(words);
        if (places.Length == 0 && IsInPieces(words)) throw new InvalidDataException("nothing tells where the words of a line end");
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

    /// <summary>Eight words close together that have not three letters on average are no line of any report, nor are four letters one by one.</summary>
    private static bool IsInPieces(IReadOnlyList<Word> words)
    {
        var close = words.Where((word, index) => index > 0 && word.Text.All(char.IsLetter) && IsTorn(words[index - 1], word, [])).ToList();
        if (close.Count < FewLetters) return false;
        var mean = close.Average(word => word.Text.Length);
        return mean <= MeanOfLetters || (close.Count >= ManyPieces && mean <= ShortMeanPiece);
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
