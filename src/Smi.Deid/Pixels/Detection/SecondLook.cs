using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Looks once more, at twice the size and with a larger network that was trained on nothing else, at what the first look neither took for text with
/// confidence nor dismissed: cut vessels and small bones that could be letters, letters of a few pixels, faint lines. Text that goes on beyond what
/// was in doubt is followed. Toned like the whole picture, with some of what is around.
/// </summary>
/// <param name="curve">The tone curve of the whole picture.</param>
/// <param name="caution">Taken off every logit, so that what is in doubt even at the second look is no text.</param>
internal sealed class SecondLook(TextNetwork secondLook, GrayImage image, float[] curve, float caution)
{
    /// <summary>Logits: a region whose highest lies between these is looked at again.</summary>
    private const float Dismissed = -3;
    private const float Sure = 6;

    /// <summary>What counts in the end: the logit of the second look and this share of that of the first.</summary>
    private const float ShareOfFirst = 0.3f;

    /// <summary>While the highest logit is not further from none than this, mirror images are looked at too, one after the other.</summary>
    private const float Undecided = 2;

    /// <summary>
    /// Cells: so large a region that is in doubt and of which the highest logit is still between these is looked at turned on its side too. Text is text
    /// from there as well, but how a bone, a furrow of the brain or the grain of tissue looks hangs on it.
    /// </summary>
    private const int LeastTurned = 16;
    private const float LeastTurnedLogit = 0;
    private const float MostTurnedLogit = 3;

    /// <summary>Taken off as well where what is in doubt is no longer than a letter: nearly all that looks like text and is none.</summary>
    private const float CautionWhenCompact = 1;

    /// <summary>Pixels around a region that are looked at with it; beyond the picture its edge is repeated.</summary>
    private const int Room = 24;

    /// <summary>Cells around a region in which its text is followed.</summary>
    private const int Reach = 3;

    /// <summary>A strand: cells further than this from every certain one, and at least so many; less is the edge of a letter.</summary>
    private const int Far = 3;
    private const int LeastOfStrand = 4;

    /// <summary>
    /// What it may cost, as much again for mirror images, and up to four times that for turned ones: this share of the picture's pixels and so many more.
    /// What is left over keeps its first look, or its second.
    /// </summary>
    private const double MostShare = 0.18;
    private const int FreeBudget = 50_000;

    private readonly LookBudget budget = Budget(image);
    private readonly LookBudget budgetOfMirrorImages = Budget(image);

    /// <param name="logits">One for each cell, by rows of <paramref name="width"/>; those of doubtful regions and of text that goes on beside them change.</param>
    /// <param name="possible">Logit above which a cell may be text.</param>
    public void Apply(float[] logits, int width, float possible)
    {
        var doubtful = DoubtfulRegions.Of(logits, width, possible, Dismissed)
            .Select(cells => (Cells: cells, Highest: cells.Max(cell => logits[cell])))
            .Where(region => region.Highest < Sure)
            .OrderByDescending(region => region.Highest)
            .Select(region => region.Cells)
            .ToList();
        var taken = Array.ConvertAll(logits, logit => logit > possible);
        foreach (var cell in doubtful.SelectMany(cells => cells))
        {
            taken[cell] = true;
        }

        foreach (var region in doubtful)
        {
            for (var cells = region; cells.Count > 0;)
            {
                cells = Follow(logits, width, cells, taken);
            }
        }
    }

    /// <summary>
    /// Looks, with what is left to spend, at strands: what hangs on text and lies far from all of it that is certain. It may be the faint end of a line, or
    /// a rib, a vessel, grain beside one; that there is text is no reason to believe it.
    /// </summary>
    /// <param name="logits">Those of strands change.</param>
    /// <param name="possible">Logit above which a cell may be text.</param>
    /// <param name="certain">Logit above which a cell is text.</param>
    public void ApplyToStrands(float[] logits, int width, float possible, float certain)
    {
        var strands = new CellMask(width, logits.Length / width, logits, certain, possible).FarFromCertain(Far)
            .Where(strand => strand.Count >= LeastOfStrand)
            .OrderByDescending(strand => strand.Count)
            .ToList();
        foreach (var strand in strands)
        {
            if (Weighed(logits, width, strand, caution, turns: false) is { } weighed)
            {
                strand.ForEach(cell => logits[cell] = weighed(cell));
            }
        }
    }

    /// <summary>What counts in the end of the logits of the first look and the second.</summary>
    public static float Together(float first, float second) => (ShareOfFirst * Math.Max(Dismissed, first)) + second;

    private static LookBudget Budget(GrayImage image) => new(FreeBudget + (long)(MostShare * image.Width * image.Height));

    /// <summary>As a single letter is, or a bone; a line of text is longer.</summary>
    private static bool IsCompact(PixelBox cells) => Math.Max(cells.Width, cells.Height) <= 2 * Math.Min(cells.Width, cells.Height);

    /// <summary>Gives the cells their new logits; answers with those beside them in which the text goes on.</summary>
    private List<int> Follow(float[] logits, int width, List<int> cells, bool[] taken)
    {
        var extent = new CellExtent(cells, width).Box;
        if (Weighed(logits, width, cells, caution + (IsCompact(extent) ? CautionWhenCompact : 0), turns: true) is not { } weighed)
        {
            return [];
        }

        var found = cells.ConvertAll(cell => weighed(cell));
        List<int> beyond = found.Max() > 0 ? [.. extent.Grown(Reach).ClippedTo(width, logits.Length / width).Cells(width).Where(cell => !taken[cell] && weighed(cell) > 0)] : [];
        for (var i = 0; i < cells.Count; i++)
        {
            logits[cells[i]] = found[i];
        }

        foreach (var cell in beyond)
        {
            logits[cell] = 0;
            taken[cell] = true;
        }

        return beyond;
    }

    /// <summary>What counts in the end for a cell that has not changed yet, of these or beside them; null where they are not looked at, for nothing is left to spend.</summary>
    private Func<int, float>? Weighed(float[] logits, int width, List<int> cells, float required, bool turns)
    {
        var place = new CellExtent(cells, width).Box.InPixels().Grown(Room);
        if (!budget.Allows(place))
        {
            return null;
        }

        var second = new PlaceLogits(secondLook, image, curve, place);
        float Both(int cell) => Together(logits[cell], second[cell % width, cell / width]) - required;

        float highest;
        do
        {
            second.Look();
            highest = cells.Max(Both);
        }
        while (second.IsLeft && Math.Abs(highest) < Undecided && budgetOfMirrorImages.Allows(place));

        if (turns && cells.Count >= LeastTurned && highest is > LeastTurnedLogit and < MostTurnedLogit)
        {
            second.LookTurned();
        }

        return Both;
    }
}
