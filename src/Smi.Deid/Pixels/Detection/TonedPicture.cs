namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// A picture through its tone curve, at a size that suits the network. A very small one is shown with its mirror images around it, for a lone
/// tile on nothing looks like a glyph. Beyond what is shown its last pixels are repeated.
/// </summary>
internal sealed class TonedPicture(GrayImage image, float[] curve)
{
    public int ShownWidth { get; } = Math.Max(TextNetwork.LeastSide, image.Width);

    public int ShownHeight { get; } = Math.Max(TextNetwork.LeastSide, image.Height);

    public int Width => Padded(ShownWidth);

    public int Height => Padded(ShownHeight);

    public void Tone(int y, Span<float> row)
    {
        var samples = image.Samples.AsSpan(Mirrored(Math.Min(y, ShownHeight - 1), image.Height) * image.Width, image.Width);
        for (var x = 0; x < samples.Length; x++)
        {
            row[x] = curve[samples[x]];
        }

        for (var x = samples.Length; x < row.Length; x++)
        {
            row[x] = curve[samples[Mirrored(Math.Min(x, ShownWidth - 1), image.Width)]];
        }
    }

    private static int Padded(int side) => (side + TextNetwork.Grain - 1) / TextNetwork.Grain * TextNetwork.Grain;

    private static int Mirrored(int at, int side)
    {
        var within = at % (2 * side);
        return within < side ? within : (2 * side) - 1 - within;
    }
}
