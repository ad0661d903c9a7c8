namespace Smi.Deid.Pixels.Detection;

/// <summary>What is worth a second look: regions that may be text, and the faint spots between them, each by itself.</summary>
internal static class DoubtfulRegions
{
    /// <summary>Lists of cells (row × width + column).</summary>
    /// <param name="possible">Logit above which a cell may be text.</param>
    /// <param name="dismissed">Logit up to which a cell that is not beside such a region is none.</param>
    public static List<List<int>> Of(float[] logits, int width, float possible, float dismissed)
    {
        var height = logits.Length / width;
        var mask = new CellMask(width, height, logits, possible, possible);
        List<List<int>> regions = [.. mask.ConnectedRegions()];
        float[] rest = [.. logits];
        foreach (var cell in regions.SelectMany(region => region).SelectMany(mask.Around))
        {
            rest[cell] = float.NegativeInfinity;
        }

        return [.. regions, .. new CellMask(width, height, rest, dismissed, dismissed).ConnectedRegions()];
    }
}
