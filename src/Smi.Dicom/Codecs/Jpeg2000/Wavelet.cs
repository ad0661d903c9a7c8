using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The two-dimensional wavelet transform in place (ITU T.800 annex F). Subbands lie side by side: the low half of rows and columns
/// before the high half.
/// </summary>
internal static class Wavelet
{
    /// <summary>Columns that are worked on together; their samples stay in the cache.</summary>
    private const int StripWidth = 32;

    public static void Inverse(Span<int> samples, int stride, TileComponent component)
    {
        for (var level = 1; level < component.Resolutions.Length; level++)
        {
            var area = component.Resolutions[level].Area;
            var scratch = ArrayPool<int>.Shared.Rent(Math.Max(area.Width, area.Height * StripWidth));
            InverseRows(samples, stride, area, component.Style.IsReversible, scratch);
            InverseColumns(samples, stride, area, component.Style.IsReversible, scratch);
            ArrayPool<int>.Shared.Return(scratch);
        }
    }

    public static void ForwardReversible(Span<int> samples, int stride, TileComponent component)
    {
        for (var level = component.Resolutions.Length - 1; level > 0; level--)
        {
            var area = component.Resolutions[level].Area;
            var scratch = ArrayPool<int>.Shared.Rent(Math.Max(area.Width, area.Height * StripWidth));
            ForwardColumns(samples, stride, area, scratch);
            ForwardRows(samples, stride, area, scratch);
            ArrayPool<int>.Shared.Return(scratch);
        }
    }

    private static void InverseRows(Span<int> samples, int stride, Area area, bool reversible, Span<int> scratch)
    {
        var halves = new Halves(area.X0, area.Width);
        for (var y = 0; y < area.Height; y++)
        {
            var row = samples.Slice(y * stride, area.Width);
            var low = row[..halves.Low];
            var high = row[halves.Low..];
            InverseRow(halves, low, high, reversible);
            Interleaving.Join(halves.First == 0 ? low : high, halves.First == 0 ? high : low, scratch);
            scratch[..row.Length].CopyTo(row);
        }
    }

    private static void InverseRow(Halves halves, Span<int> low, Span<int> high, bool reversible)
    {
        if (low.IsEmpty || high.IsEmpty)
        {
            Halve(high, reversible);
            return;
        }

        if (!reversible)
        {
            LiftingFilter.Scale(low, LiftingFilter.LowGain);
            LiftingFilter.Scale(high, LiftingFilter.HighGain);
        }

        foreach (ref readonly var step in LiftingFilter.Inverse(reversible))
        {
            LiftRow(step, halves, low, high);
        }
    }

    /// <summary>Within the row the neighbours are the other half, shifted by one; at the ends it is mirrored (F.3.7).</summary>
    private static void LiftRow(in LiftingFilter.Step step, Halves halves, Span<int> low, Span<int> high)
    {
        var target = step.ChangesLow ? low : high;
        var other = step.ChangesLow ? high : low;
        var before = halves.NeighbourBefore(step.ChangesLow);
        var inner = Math.Min(target.Length - before, other.Length - 1);
        if (inner > 0)
        {
            LiftingFilter.Apply(step, target.Slice(before, inner), other[..inner], other.Slice(1, inner));
        }

        if (before == 1)
        {
            LiftEdge(step, target, other, 0, before);
        }

        for (var index = before + Math.Max(inner, 0); index < target.Length; index++)
        {
            LiftEdge(step, target, other, index, before);
        }
    }

    private static void LiftEdge(in LiftingFilter.Step step, Span<int> target, Span<int> other, int index, int before)
    {
        var first = Math.Clamp(index - before, 0, other.Length - 1);
        var second = Math.Clamp(index - before + 1, 0, other.Length - 1);
        LiftingFilter.Apply(step, target.Slice(index, 1), other.Slice(first, 1), other.Slice(second, 1));
    }

    private static void InverseColumns(Span<int> samples, int stride, Area area, bool reversible, Span<int> scratch)
    {
        var halves = new Halves(area.Y0, area.Height);
        for (var x = 0; x < area.Width; x += StripWidth)
        {
            var strip = new Strip(scratch, Math.Min(StripWidth, area.Width - x));
            for (var y = 0; y < area.Height; y++)
            {
                samples.Slice((y * stride) + x, strip.Width).CopyTo(strip.Row(halves.Interleaved(y)));
            }

            InverseColumns(halves, strip, reversible);
            for (var y = 0; y < area.Height; y++)
            {
                strip.Row(y).CopyTo(samples[((y * stride) + x)..]);
            }
        }
    }

    private static void InverseColumns(Halves halves, Strip strip, bool reversible)
    {
        if (halves.Length == 1)
        {
            Halve(halves.Low == 0 ? strip.Row(0) : [], reversible);
            return;
        }

        for (var y = 0; y < halves.Length && !reversible; y++)
        {
            LiftingFilter.Scale(strip.Row(y), (y & 1) == halves.First ? LiftingFilter.LowGain : LiftingFilter.HighGain);
        }

        foreach (ref readonly var step in LiftingFilter.Inverse(reversible))
        {
            LiftColumns(step, halves, strip);
        }
    }

    private static void LiftColumns(in LiftingFilter.Step step, Halves halves, Strip strip)
    {
        for (var y = step.ChangesLow ? halves.First : 1 - halves.First; y < halves.Length; y += 2)
        {
            var before = y == 0 ? 1 : y - 1;
            var after = y == halves.Length - 1 ? y - 1 : y + 1;
            LiftingFilter.Apply(step, strip.Row(y), strip.Row(before), strip.Row(after));
        }
    }

    private static void ForwardColumns(Span<int> samples, int stride, Area area, Span<int> scratch)
    {
        var halves = new Halves(area.Y0, area.Height);
        if (halves.Length == 1)
        {
            Double(halves.Low == 0 ? samples[..area.Width] : []);
            return;
        }

        for (var x = 0; x < area.Width; x += StripWidth)
        {
            var strip = new Strip(scratch, Math.Min(StripWidth, area.Width - x));
            for (var y = 0; y < area.Height; y++)
            {
                samples.Slice((y * stride) + x, strip.Width).CopyTo(strip.Row(y));
            }

            foreach (ref readonly var step in LiftingFilter.ForwardReversible)
            {
                LiftColumns(step, halves, strip);
            }

            for (var y = 0; y < area.Height; y++)
            {
                strip.Row(halves.Interleaved(y)).CopyTo(samples[((y * stride) + x)..]);
            }
        }
    }

    private static void ForwardRows(Span<int> samples, int stride, Area area, Span<int> scratch)
    {
        var halves = new Halves(area.X0, area.Width);
        for (var y = 0; y < area.Height; y++)
        {
            var row = samples.Slice(y * stride, area.Width);
            if (halves.Length < 2)
            {
                Double(halves.Low == 0 ? row : []);
                continue;
            }

            var low = scratch[..halves.Low];
            var high = scratch[halves.Low..row.Length];
            Interleaving.Part(row, halves.First == 0 ? low : high, halves.First == 0 ? high : low);
            scratch[..row.Length].CopyTo(row);
            foreach (ref readonly var step in LiftingFilter.ForwardReversible)
            {
                LiftRow(step, halves, row[..halves.Low], row[halves.Low..]);
            }
        }
    }

    /// <summary>F.4.6: a signal of one sample at an odd place.</summary>
    private static void Double(Span<int> single)
    {
        foreach (ref var sample in single)
        {
            sample *= 2;
        }
    }

    /// <summary>F.3.6: a signal of one sample at an odd place was doubled.</summary>
    private static void Halve(Span<int> single, bool reversible)
    {
        foreach (ref var sample in single)
        {
            sample >>= reversible ? 1 : 0;
        }

        if (!reversible)
        {
            LiftingFilter.Scale(single, 0.5f);
        }
    }

    /// <summary>How a signal that begins at Start divides: low-pass samples have even places.</summary>
    private readonly record struct Halves(int Start, int Length)
    {
        /// <summary>Index of the first low-pass sample in the interleaved signal.</summary>
        public int First => Start & 1;

        public int Low => (Length + 1 - First) / 2;

        public int Interleaved(int index) => index < Low ? (2 * index) + First : (2 * (index - Low)) + 1 - First;

        /// <summary>1 when the neighbour before a sample has an index one less, as for low-pass samples of a signal that begins with one.</summary>
        public int NeighbourBefore(bool low) => low == (First == 0) ? 1 : 0;
    }

    private readonly ref struct Strip(Span<int> samples, int width)
    {
        private readonly Span<int> _samples = samples;

        public int Width => width;

        public Span<int> Row(int y) => _samples.Slice(y * width, width);
    }
}
