using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

/// <summary>A whole feature map to compute on row by row.</summary>
internal sealed class PlainRows(PlainMap map, int kept) : IFeatureRows
{
    public RowRing Rows { get; } = new(map.Width, map.Height, map.Channels, kept);

    public void MakeUpTo(int y)
    {
        while (Rows.Made <= Math.Min(y, map.Height - 1))
        {
            var at = Rows.Made;
            var row = Rows.Append();
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = map[i / map.Channels, at, i % map.Channels];
            }
        }
    }

    public void Dispose() => Rows.Dispose();
}
