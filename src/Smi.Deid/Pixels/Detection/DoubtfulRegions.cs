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
        List<List<int>> regions = [.. new CellMask(width, height, logits, possible, possible).ConnectedRegions()];
        float[] rest = [.. logits];
        foreach (var cell in regions.SelectMany(region => region))
        {
            Clear(rest, width, cell % width, cell / width);
        }

        return [.. regions, .. new CellMask(width, height, rest, dismissed, dismissed).ConnectedRegions()];
    }

    /// <summary>A cell and those beside it.</summary>
    private static void Clear(float[] logits, int width, int x, int y)
    {
        var (left, right) = (Math.Max(0, x - 1), Math.Min(width, x + 2));
        for (var row = Math.Max(0, y - 1); row < Math.Min(logits.Length / width, y + 2); row++)
        {
            logits.AsSpan((row * width) + left, right - left).Fill(float.NegativeInfinity);
        }
    }
}
