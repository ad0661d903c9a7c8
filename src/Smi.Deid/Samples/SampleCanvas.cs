using Smi.Dicom.Frames;

namespace Smi.Deid.Samples;

/// <summary>
/// One plane of a picture while it is drawn. Uses no function whose last digit differs between processors, so that the
/// samples are the same everywhere.
/// </summary>
internal sealed class SampleCanvas(int columns, int rows, double background)
{
    private readonly double[] pixels = [.. Enumerable.Repeat(background, columns * rows)];

    public int Columns => columns;

    public int Rows => rows;

    public double this[int x, int y]
    {
        get => pixels[(y * columns) + x];
        set => pixels[(y * columns) + x] = value;
    }

    /// <summary>Replaces each pixel by what <paramref name="value"/> makes of its position and its value.</summary>
    public void Paint(Func<int, int, double, double> value)
    {
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                this[x, y] = value(x, y, this[x, y]);
            }
        }
    }

    /// <summary>An ellipse; centre and radii are fractions of the width and height.</summary>
    public void FillEllipse(double centreX, double centreY, double radiusX, double radiusY, double value) =>
        Paint((x, y, old) =>
        {
            var across = (((double)x / columns) - centreX) / radiusX;
            var down = (((double)y / rows) - centreY) / radiusY;
            return (across * across) + (down * down) <= 1 ? value : old;
        });

    public void FillBox(PixelBox box, double value)
    {
        for (var y = Math.Max(0, box.Top); y < Math.Min(rows, box.Bottom); y++)
        {
            for (var x = Math.Max(0, box.Left); x < Math.Min(columns, box.Right); x++)
            {
                this[x, y] = value;
            }
        }
    }

    public void AddNoise(SampleRandom random, double deviation) =>
        Paint((_, _, old) => old + (random.NextNormal() * deviation));

    /// <summary>Smooth noise: random heights on a grid of <paramref name="cell"/> pixels, with straight lines between.</summary>
    public void AddTexture(SampleRandom random, int cell, double deviation, Func<double, bool> isTissue)
    {
        var across = (columns / cell) + 2;
        var grid = new double[across * ((rows / cell) + 2)];
        for (var index = 0; index < grid.Length; index++)
        {
            grid[index] = random.NextNormal() * deviation;
        }

        Paint((x, y, old) =>
        {
            var node = (y / cell * across) + (x / cell);
            var (right, down) = ((double)(x % cell) / cell, (double)(y % cell) / cell);
            var upper = grid[node] + ((grid[node + 1] - grid[node]) * right);
            var lower = grid[node + across] + ((grid[node + across + 1] - grid[node + across]) * right);
            return isTissue(old) ? old + upper + ((lower - upper) * down) : old;
        });
    }

    /// <summary>Writes one line from its upper left corner and gives the box around its letters.</summary>
    public PixelBox DrawText(string text, int left, int top, int scale, double value)
    {
        var advance = (SampleFont.Width + 1) * scale;
        for (var index = 0; index < text.Length; index++)
        {
            DrawLetter(text[index], left + (index * advance), top, scale, value);
        }

        return new PixelBox(left, top, left + (text.Length * advance) - scale, top + (SampleFont.Height * scale));
    }

    /// <summary>The values as samples of one byte or two, little endian, held between the two limits.</summary>
    public byte[] ToSamples(int bytesPerSample, double lowest, double highest)
    {
        var samples = new byte[pixels.Length * bytesPerSample];
        for (var index = 0; index < pixels.Length; index++)
        {
            var value = (int)Math.Floor(Math.Clamp(pixels[index], lowest, highest) + 0.5);
            for (var part = 0; part < bytesPerSample; part++)
            {
                samples[(index * bytesPerSample) + part] = (byte)(value >> (8 * part));
            }
        }

        return samples;
    }

    private void DrawLetter(char letter, int left, int top, int scale, double value)
    {
        for (var y = 0; y < SampleFont.Height; y++)
        {
            for (var x = 0; x < SampleFont.Width; x++)
            {
                if (SampleFont.IsSet(letter, x, y))
                {
                    FillBox(new PixelBox(left + (x * scale), top + (y * scale), left + ((x + 1) * scale), top + ((y + 1) * scale)), value);
                }
            }
        }
    }
}
