using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The two channels the network reads: the toned value, and the value relative to the mean and deviation of its neighbourhood of 36
/// pixels, in which faint text over dark anatomy is as clear as white text on black. The same as `prepared` in tools/text-detector/network.py.
/// </summary>
internal sealed class NetworkInput : IFeatureRows
{
    private const int Block = Neighbourhoods.Block;
    private const float Limit = 4;

    private readonly TonedPicture picture;
    private readonly RowRing toned;
    private readonly Neighbourhoods neighbourhoods;
    private readonly float[] mean;
    private readonly float[] scale;

    private NetworkInput(TonedPicture picture)
    {
        this.picture = picture;
        Rows = new RowRing(picture.Width, picture.Height, 2, KernelRows.Most);
        toned = new RowRing(picture.Width, picture.Height, 1, (Neighbourhoods.Reach + 1) * Block);
        neighbourhoods = new Neighbourhoods(picture.Width / Block, picture.Height / Block);
        (mean, scale) = (new float[picture.Width / Block], new float[picture.Width / Block]);
    }

    public RowRing Rows { get; }

    public int Width => Rows.Width;

    public int Height => Rows.Height;

    /// <param name="curve">The tone curve of the picture or, for a part of one, of all of it.</param>
    public static NetworkInput Of(GrayImage image, float[] curve) => new(new TonedPicture(image, curve));

    public void MakeUpTo(int y)
    {
        for (var next = Rows.Made; next <= Math.Min(y, Height - 1); next++)
        {
            if (next % Block == 0)
            {
                Look(next / Block);
            }

            Finish(toned.Row(next), Rows.Append(), isShown: next < picture.ShownHeight);
        }
    }

    public void Dispose()
    {
        Rows.Dispose();
        toned.Dispose();
        neighbourhoods.Dispose();
    }

    /// <summary>Gets the neighbourhoods of a row of blocks, for which further rows are toned.</summary>
    private void Look(int blocks)
    {
        while (neighbourhoods.Made <= Math.Min(blocks + Neighbourhoods.Reach, (Height / Block) - 1))
        {
            var first = toned.Made;
            for (var row = 0; row < Block; row++)
            {
                picture.Tone(toned.Made, toned.Append());
            }

            neighbourhoods.Add(toned.Row(first), toned.Row(first + 1), toned.Row(first + 2), toned.Row(first + 3));
        }

        neighbourhoods.Read(blocks, mean, scale);
    }

    /// <summary>Beyond the picture the channels are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(ReadOnlySpan<float> values, Span<float> row, bool isShown)
    {
        for (var block = 0; isShown && block < mean.Length; block++)
        {
            var value = Vector128.Create(values[(block * Block)..]);
            var relative = (value - Vector128.Create(mean[block])) * Vector128.Create(scale[block]);
            relative = Vector128.Min(Vector128.Max(relative, Vector128.Create(-Limit)), Vector128.Create(Limit)) * 0.5f;
            value = (value + value) - Vector128<float>.One;
            Interleave(value, relative, row[(2 * block * Block)..]);
        }

        row[(isShown ? 2 * picture.ShownWidth : 0)..].Clear();
    }

    private static void Interleave(Vector128<float> even, Vector128<float> odd, Span<float> to)
    {
        var (low, high) = Vector128.Widen(even.AsUInt32());
        var (lowOdd, highOdd) = Vector128.Widen(odd.AsUInt32());
        (low | (lowOdd << 32)).AsSingle().CopyTo(to);
        (high | (highOdd << 32)).AsSingle().CopyTo(to[Vector128<float>.Count..]);
    }
}
