namespace Smi.Deid.Pixels.Detection;

/// <summary>A convolution with bias over feature maps, padding 1 (0 for a 1 × 1 kernel).</summary>
internal interface IConvolution
{
    /// <summary>Rows of its source that it reads together.</summary>
    int RowsRead { get; }

    /// <summary>What it makes of <paramref name="source"/>.</summary>
    /// <param name="kept">As many rows as whoever reads the result reads together.</param>
    /// <param name="rectified">Whether what is below 0 becomes 0.</param>
    IFeatureRows Over(IFeatureRows source, int kept, bool rectified);
}
