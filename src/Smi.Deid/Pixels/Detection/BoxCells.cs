using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>Boxes that count cells, not pixels.</summary>
internal static class BoxCells
{
    /// <summary>The cells (row × width + column) of a box, row by row.</summary>
    /// <param name="box">Within the mask.</param>
    /// <param name="width">Cells in a row of the mask.</param>
    public static IEnumerable<int> Cells(this PixelBox box, int width)
    {
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                yield return (y * width) + x;
            }
        }
    }

    /// <summary>A box of pixels in cells of so many on a side, those that it covers a part of.</summary>
    /// <param name="box">Within the picture.</param>
    public static PixelBox InCells(this PixelBox box, int side) =>
        new(box.Left / side, box.Top / side, ((box.Right - 1) / side) + 1, ((box.Bottom - 1) / side) + 1);

    /// <summary>The pixels of the cells.</summary>
    public static PixelBox InPixels(this PixelBox box) =>
        new(box.Left * TextNetwork.Cell, box.Top * TextNetwork.Cell, box.Right * TextNetwork.Cell, box.Bottom * TextNetwork.Cell);
}
