using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Deid.Pixels.Detection;

/// <summary>max(0, fine + coarse brought to its size): each coarse position counts for 2 × 2 fine ones.</summary>
/// <param name="kept">As many rows as whoever reads them reads together.</param>
internal sealed class JoinedRows(IFeatureRows fine, IFeatureRows coarse, int kept) : IFeatureRows
{
    public RowRing Rows { get; } = new(fine.Rows.Width, fine.Rows.Height, fine.Rows.Channels, kept);

    public void MakeUpTo(int y)
    {
        for (var next = Rows.Made; next <= Math.Min(y, Rows.Height - 1); next++)
        {
            coarse.MakeUpTo(next / 2);
            fine.MakeUpTo(next);
            Join(fine.Rows.Row(next), coarse.Rows.Row(next / 2), Rows.Append());
        }
    }

    public void Dispose() => Rows.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Join(ReadOnlySpan<float> finer, ReadOnlySpan<float> coarser, Span<float> joined)
    {
        var channels = Rows.Channels;
        for (var at = 0; at < joined.Length; at += channels)
        {
            var added = coarser.Slice(at / channels / 2 * channels, channels);
            for (var c = 0; c < channels; c += ChannelGroup.Least)
            {
                Vector256.MaxNative(Vector256.Create(finer[(at + c)..]) + Vector256.Create(added[c..]), Vector256<float>.Zero).CopyTo(joined[(at + c)..]);
            }
        }
    }
}
