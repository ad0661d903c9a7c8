namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// How far a change of samples reaches among the coefficients of the 5/3 filter (ITU T.800 F.3.8.2 and F.4.8.1). Low-pass coefficient n is made of the samples 2n − 2 … 2n + 2,
/// high-pass coefficient n of 2n … 2n + 2; back, sample k is made of coefficients ⌊k / 2⌋ − 1 … ⌊k / 2⌋ + 1. Mirroring at the edges stays within these.
/// </summary>
internal static class WaveletReach
{
    /// <summary>
    /// The coefficients that must be known to tell which ones change with the samples in a box, and what they become: for each resolution, the lowest first,
    /// an area in the coordinates of its subbands.
    /// </summary>
    /// <param name="box">In the coordinates of the tile-component.</param>
    /// <param name="levels">Of decomposition.</param>
    public static Area[] Of(Area box, int levels)
    {
        var needed = new Area[levels + 1];
        var (changed, known) = (box, box);
        for (var level = levels; level > 0; level--)
        {
            // The samples that changed coefficients are made of, too, must be right, for which those around them are needed.
            changed = Halved(changed);
            known = Halved(Doubled(changed).Union(known));
            needed[level] = known;
        }

        needed[0] = known;
        return needed;
    }

    private static Area Halved(Area area) =>
        new((area.X0 >> 1) - 1, (area.Y0 >> 1) - 1, ((area.X1 - 1) >> 1) + 2, ((area.Y1 - 1) >> 1) + 2);

    private static Area Doubled(Area area) => new((2 * area.X0) - 2, (2 * area.Y0) - 2, (2 * area.X1) + 1, (2 * area.Y1) + 1);
}
