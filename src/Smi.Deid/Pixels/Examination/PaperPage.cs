using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Tells a scanned form or a sheet of handwriting from other pictures: light, even ground that is the lightest there is, and little else than thin
/// dark strokes on it, over more than a corner. What stands there need not look like text to the detector.
/// </summary>
internal sealed class PaperPage
{
    private const int Levels = 256;

    /// <summary>Share of samples beyond which the darkest and lightest do not count.</summary>
    private const double Outliers = 0.001;

    /// <summary>Levels that the ground spreads over, the darkest its middle may be, and its share of the picture.</summary>
    private const int GroundSpread = 32;
    private const int LeastGround = 190;
    private const double LeastGroundShare = 0.65;

    private const int Step = 7;
    private const double Doubt = 0.1;

    /// <summary>Paper has nothing above it, and neighbours on it are nearly the same; films and subtracted angiograms are noisier.</summary>
    private const double MostAboveShare = 0.02;
    private const double MostGroundNoise = 5;

    /// <summary>Levels between ground and ink, shares of the picture that are ink, and of the ink that is thin.</summary>
    private const int Contrast = 60;
    private const double LeastInkShare = 0.002;
    private const double MostInkShare = 0.25;
    private const double LeastThinShare = 0.8;

    /// <summary>Strokes are no wider than this part of the shorter side, or than so many pixels.</summary>
    private const int StrokePart = 90;
    private const int LeastStroke = 5;

    private const int Grid = 6;
    private const int LeastCells = 6;
    private const double LeastCellShare = 0.002;

    private readonly bool[] isInk;
    private readonly int width;
    private readonly int height;

    private PaperPage(bool[] isInk, int width, int height) => (this.isInk, this.width, this.height) = (isInk, width, height);

    /// <summary>Null for a picture that is no page.</summary>
    /// <param name="picture">Brightness.</param>
    /// <param name="isInverted">High values are shown dark.</param>
    public static PaperPage? Of(GrayImage picture, bool isInverted)
    {
        // Most pictures are dark: one sample in seven tells that they are not near to paper.
        var some = new ushort[picture.Samples.Length / Step];
        for (var i = 0; i < some.Length; i++)
        {
            some[i] = picture.Samples[i * Step];
        }

        if (Ground(Shown(some, isInverted), LeastGroundShare - Doubt) is null)
        {
            return null;
        }

        var shown = Shown(picture.Samples, isInverted);
        if (Ground(shown, LeastGroundShare) is not { } ground || Noise(shown, picture.Width, ground) > MostGroundNoise)
        {
            return null;
        }

        var isInk = Array.ConvertAll(shown, level => level < ground - Contrast);
        var ink = isInk.Count(value => value);
        return ink >= LeastInkShare * isInk.Length && ink <= MostInkShare * isInk.Length
            && ThinShare(isInk, picture.Width, picture.Height, ink) >= LeastThinShare
            && InkedCells(isInk, picture.Width, picture.Height) >= LeastCells
            ? new PaperPage(isInk, picture.Width, picture.Height)
            : null;
    }

    /// <summary>Nothing beyond the page is.</summary>
    public bool IsInk((int X, int Y) place) => place.X >= 0 && place.Y >= 0 && place.X < width && place.Y < height && isInk[(place.Y * width) + place.X];

    /// <summary>0 … 255, dark to light.</summary>
    private static byte[] Shown(ushort[] samples, bool isInverted)
    {
        var counts = new int[ushort.MaxValue + 1];
        foreach (var sample in samples)
        {
            counts[sample]++;
        }

        int low = Rank(counts, Outliers * samples.Length), high = Rank(counts, (1 - Outliers) * samples.Length);
        var table = new byte[counts.Length];
        table.AsSpan(0, low).Fill(isInverted ? byte.MaxValue : byte.MinValue);
        table.AsSpan(high).Fill(isInverted == (high > low) ? byte.MinValue : byte.MaxValue);
        for (var value = low; value < high; value++)
        {
            var level = (byte)((value - low) * (Levels - 1L) / (high - low));
            table[value] = isInverted ? (byte)(Levels - 1 - level) : level;
        }

        return Array.ConvertAll(samples, sample => table[sample]);
    }

    private static int Rank(int[] counts, double rank)
    {
        var value = 0;
        for (long below = counts[0]; below <= rank && value < counts.Length - 1; below += counts[value])
        {
            value++;
        }

        return value;
    }

    /// <summary>The middle of the levels that most of the picture has; null when it is no paper.</summary>
    private static int? Ground(byte[] shown, double leastShare)
    {
        var counts = new int[Levels];
        foreach (var level in shown)
        {
            counts[level]++;
        }

        var best = (First: 0, Count: 0);
        for (var first = LeastGround - (GroundSpread / 2); first + GroundSpread <= Levels; first++)
        {
            var count = counts.AsSpan(first, GroundSpread).ToArray().Sum();
            best = count > best.Count ? (first, count) : best;
        }

        var above = counts.Skip(best.First + GroundSpread).Sum();
        return best.Count >= leastShare * shown.Length && above <= (MostAboveShare + LeastGroundShare - leastShare) * shown.Length ? best.First + (GroundSpread / 2) : null;
    }

    /// <summary>The mean difference of neighbours that are both ground.</summary>
    private static double Noise(byte[] shown, int width, int ground)
    {
        long sum = 0, count = 0;
        for (var i = 1; i < shown.Length; i++)
        {
            if (i % width != 0 && Math.Abs(shown[i] - ground) <= GroundSpread / 2 && Math.Abs(shown[i - 1] - ground) <= GroundSpread / 2)
            {
                sum += Math.Abs(shown[i] - shown[i - 1]);
                count++;
            }
        }

        return count == 0 ? double.MaxValue : (double)sum / count;
    }

    /// <summary>Share of the ink that lies in a run of no more than a stroke's width, along or across.</summary>
    private static double ThinShare(bool[] isInk, int width, int height, int ink)
    {
        var stroke = Math.Max(LeastStroke, Math.Min(width, height) / StrokePart);
        var isThin = new bool[isInk.Length];
        for (var y = 0; y < height; y++)
        {
            MarkShortRuns(isInk, isThin, y * width, 1, width, stroke);
        }

        for (var x = 0; x < width; x++)
        {
            MarkShortRuns(isInk, isThin, x, width, height, stroke);
        }

        return (double)isThin.Count(value => value) / ink;
    }

    private static void MarkShortRuns(bool[] isInk, bool[] isThin, int start, int step, int count, int stroke)
    {
        var run = 0;
        for (var i = 0; i <= count; i++)
        {
            if (i < count && isInk[start + (i * step)])
            {
                run++;
                continue;
            }

            for (var back = 1; run <= stroke && back <= run; back++)
            {
                isThin[start + ((i - back) * step)] = true;
            }

            run = 0;
        }
    }

    /// <summary>Of a grid over the picture those with ink.</summary>
    private static int InkedCells(bool[] isInk, int width, int height)
    {
        var cells = new int[Grid * Grid];
        for (var i = 0; i < isInk.Length; i++)
        {
            if (isInk[i])
            {
                cells[(i / width * Grid / height * Grid) + (i % width * Grid / width)]++;
            }
        }

        return cells.Count(count => count >= LeastCellShare * isInk.Length / cells.Length);
    }
}
