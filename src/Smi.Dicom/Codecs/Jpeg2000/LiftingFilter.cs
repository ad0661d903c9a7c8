using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The lifting steps of the two filters (ITU T.800 F.3.8 and F.4.8). A step changes each sample of one half of a signal by the sum of its
/// two neighbours in the other half. Samples of the 9/7 filter are the bits of floats.
/// </summary>
internal static class LiftingFilter
{
    private const float Alpha = -1.586134342059924f;
    private const float Beta = -0.052980118572961f;
    private const float Gamma = 0.882911075530934f;
    private const float Delta = 0.443506852043971f;
    private const float K = 1.230174104914001f;

    /// <summary>The steps of the inverse transform in order: which half is changed, and how.</summary>
    public static ReadOnlySpan<Step> Inverse(bool reversible) => reversible ? s_inverseReversible : s_inverseIrreversible;

    public static ReadOnlySpan<Step> ForwardReversible => s_forwardReversible;

    private static readonly Step[] s_inverseReversible = [new(true, Kind.SubtractQuarter, 0), new(false, Kind.AddHalf, 0)];

    private static readonly Step[] s_forwardReversible = [new(false, Kind.SubtractHalf, 0), new(true, Kind.AddQuarter, 0)];

    private static readonly Step[] s_inverseIrreversible =
        [new(true, Kind.Scaled, -Delta), new(false, Kind.Scaled, -Gamma), new(true, Kind.Scaled, -Beta), new(false, Kind.Scaled, -Alpha)];

    internal enum Kind
    {
        SubtractQuarter,
        AddQuarter,
        AddHalf,
        SubtractHalf,
        Scaled,
    }

    public static float LowGain => K;

    public static float HighGain => 1 / K;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(in Step step, Span<int> target, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (step.Kind == Kind.Scaled)
        {
            Apply(step.Factor, MemoryMarshal.Cast<int, float>(target), MemoryMarshal.Cast<int, float>(first), MemoryMarshal.Cast<int, float>(second));
            return;
        }

        var at = 0;
        var two = new Vector<int>(2);
        for (; at <= target.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            var sum = new Vector<int>(first[at..]) + new Vector<int>(second[at..]);
            var old = new Vector<int>(target[at..]);
            var changed = step.Kind switch
            {
                Kind.SubtractQuarter => old - Vector.ShiftRightArithmetic(sum + two, 2),
                Kind.AddQuarter => old + Vector.ShiftRightArithmetic(sum + two, 2),
                Kind.AddHalf => old + Vector.ShiftRightArithmetic(sum, 1),
                _ => old - Vector.ShiftRightArithmetic(sum, 1),
            };
            changed.CopyTo(target[at..]);
        }

        for (; at < target.Length; at++)
        {
            target[at] = Changed(step.Kind, target[at], first[at] + second[at]);
        }
    }

    public static void Scale(Span<int> samples, float factor)
    {
        var values = MemoryMarshal.Cast<int, float>(samples);
        for (var at = 0; at < values.Length; at++)
        {
            values[at] *= factor;
        }
    }

    private static int Changed(Kind kind, int old, int sum) => kind switch
    {
        Kind.SubtractQuarter => old - ((sum + 2) >> 2),
        Kind.AddQuarter => old + ((sum + 2) >> 2),
        Kind.AddHalf => old + (sum >> 1),
        _ => old - (sum >> 1),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(float factor, Span<float> target, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var at = 0;
        for (; at <= target.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var sum = new Vector<float>(first[at..]) + new Vector<float>(second[at..]);
            (new Vector<float>(target[at..]) + (sum * factor)).CopyTo(target[at..]);
        }

        for (; at < target.Length; at++)
        {
            target[at] += factor * (first[at] + second[at]);
        }
    }

    /// <param name="ChangesLow">The low-pass half is changed, else the high-pass half.</param>
    internal readonly record struct Step(bool ChangesLow, Kind Kind, float Factor);
}
