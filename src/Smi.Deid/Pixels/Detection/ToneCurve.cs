namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Maps samples to about 0 … 1: the 0.5 and 99.5 percentiles become 0 and 1. What lies beyond is compressed, not cut, so that text at the
/// extremes of a 16-bit range and text at the grey levels of the anatomy are both visible in one pass. The same as `toned` in
/// tools/text-detector/network.py.
/// </summary>
internal static class ToneCurve
{
    private const double LowShare = 0.005;
    private const double HighShare = 0.995;
    private const float Compression = 0.3f;

    /// <summary>A value for each sample value up to the largest in the picture.</summary>
    public static float[] Of(GrayImage image)
    {
        var (least, low, high, most) = Range(Histogram(image.Samples), image.Samples.LongLength);
        var span = Span(least, low, high, most);
        var curve = new float[most + 1];
        for (var value = least; value <= most; value++)
        {
            curve[value] = Compressed((value - low) / span);
        }

        return curve;
    }

    /// <summary>How much of the values lies between 0 and 1.</summary>
    internal static float Span(int least, int low, int high, int most) => Math.Max(Math.Max(high - low, (most - least) / 16f), 1e-6f);

    /// <summary>The smallest value, the two percentiles, the largest value.</summary>
    internal static (int Least, int Low, int High, int Most) Range(int[] counts, long samples)
    {
        var last = samples - 1;
        return (Rank(counts, 0), Rank(counts, (long)Math.Round(LowShare * last)), Rank(counts, (long)Math.Round(HighShare * last)), Rank(counts, last));
    }

    private static float Compressed(float x) => x switch
    {
        > 1 => 1 + (Compression * MathF.Log(x)),
        < 0 => -Compression * MathF.Log(1 - x),
        _ => x,
    };

    /// <summary>Counts in two tables, for to count the same value again at once is slow.</summary>
    internal static int[] Histogram(ushort[] samples)
    {
        var (counts, others) = (new int[ushort.MaxValue + 1], new int[ushort.MaxValue + 1]);
        for (var i = 1; i < samples.Length; i += 2)
        {
            counts[samples[i - 1]]++;
            others[samples[i]]++;
        }

        if (samples.Length % 2 != 0)
        {
            counts[samples[^1]]++;
        }

        for (var value = 0; value < counts.Length; value++)
        {
            counts[value] += others[value];
        }

        return counts;
    }

    private static int Rank(int[] counts, long rank)
    {
        long below = 0;
        for (var value = 0; value < counts.Length; value++)
        {
            below += counts[value];
            if (below > rank)
            {
                return value;
            }
        }

        return counts.Length - 1;
    }
}
