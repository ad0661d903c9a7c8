using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Samples that lie apart brought together, and the other way round, several at a time: two of 32 bits are one of 64, which needs no shuffling.</summary>
internal static class Interleaving
{
    /// <summary>Takes from each in turn, beginning with <paramref name="first"/>, which has as many samples or one more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> target)
    {
        var at = 0;
        for (; at <= second.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            Vector.Widen(new Vector<uint>(MemoryMarshal.Cast<int, uint>(first[at..])), out var lower, out var upper);
            Vector.Widen(new Vector<uint>(MemoryMarshal.Cast<int, uint>(second[at..])), out var lowerSecond, out var upperSecond);
            var pairs = MemoryMarshal.Cast<int, ulong>(target.Slice(2 * at, 2 * Vector<int>.Count));
            (lower | (lowerSecond << 32)).CopyTo(pairs);
            (upper | (upperSecond << 32)).CopyTo(pairs[Vector<ulong>.Count..]);
        }

        for (; at < first.Length; at++)
        {
            target[2 * at] = first[at];
            if (at < second.Length)
            {
                target[(2 * at) + 1] = second[at];
            }
        }
    }

    /// <summary>The mirror of <see cref="Join"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Part(ReadOnlySpan<int> source, Span<int> first, Span<int> second)
    {
        var at = 0;
        for (; at <= second.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            var pairs = MemoryMarshal.Cast<int, ulong>(source.Slice(2 * at, 2 * Vector<int>.Count));
            var (lower, upper) = (new Vector<ulong>(pairs), new Vector<ulong>(pairs[Vector<ulong>.Count..]));
            Vector.Narrow(lower, upper).CopyTo(MemoryMarshal.Cast<int, uint>(first[at..]));
            Vector.Narrow(lower >> 32, upper >> 32).CopyTo(MemoryMarshal.Cast<int, uint>(second[at..]));
        }

        for (; at < first.Length; at++)
        {
            first[at] = source[2 * at];
            if (at < second.Length)
            {
                second[at] = source[(2 * at) + 1];
            }
        }
    }

    /// <summary>Four columns of four samples each, which lie column by column, as rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> First, Vector128<int> Second, Vector128<int> Third, Vector128<int> Fourth) Rows(ReadOnlySpan<int> columns)
    {
        var pairs = MemoryMarshal.Cast<int, ulong>(columns[..16]);
        var (a, b) = (Vector128.Create(pairs), Vector128.Create(pairs[2..]));
        var (c, d) = (Vector128.Create(pairs[4..]), Vector128.Create(pairs[6..]));
        var (even, evenAfter) = (Vector128.Narrow(a, b).AsUInt64(), Vector128.Narrow(c, d).AsUInt64());
        var (odd, oddAfter) = (Vector128.Narrow(a >> 32, b >> 32).AsUInt64(), Vector128.Narrow(c >> 32, d >> 32).AsUInt64());
        return (Vector128.Narrow(even, evenAfter).AsInt32(), Vector128.Narrow(odd, oddAfter).AsInt32(),
            Vector128.Narrow(even >> 32, evenAfter >> 32).AsInt32(), Vector128.Narrow(odd >> 32, oddAfter >> 32).AsInt32());
    }
}
