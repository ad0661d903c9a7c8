namespace Smi.Deid.Pixels.Detection;

/// <summary>A feature map whose rows are made from top to bottom, each when it is asked for.</summary>
internal interface IFeatureRows : IDisposable
{
    RowRing Rows { get; }

    /// <summary>Makes the rows up to <paramref name="y"/>, the lower border counting as the last; those that are there already stay.</summary>
    void MakeUpTo(int y);
}
