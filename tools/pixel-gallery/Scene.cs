using Smi.Deid.Samples;
using Smi.Dicom.Frames;

namespace Smi.Gallery;

/// <summary>The picture all images are made of: something like a body, and three lines that only a patient has. 0 is black, 1 is white.</summary>
internal static class Scene
{
    public const int Columns = 224;
    public const int Rows = 160;

    private static readonly (string Text, int Left, int Top)[] s_lines =
        [("ROBERTSON ANNA", 6, 6), ("14.03.1952", 6, 26), ("CHI 1403521234", 52, 140)];

    /// <summary>Boxes of the lines.</summary>
    public static IReadOnlyList<PixelBox> Lines => [.. s_lines.Select(line => new SampleCanvas(Columns, Rows, 0).DrawText(line.Text, line.Left, line.Top, 2, 1))];

    public static double[] Body() => Values(Draw());

    public static double[] WithText()
    {
        var canvas = Draw();
        foreach (var (text, left, top) in s_lines)
        {
            canvas.DrawText(text, left, top, 2, 1);
        }

        return Values(canvas);
    }

    /// <summary>A page of lines from edge to edge.</summary>
    public static double[] Page()
    {
        var canvas = new SampleCanvas(Columns, Rows, 0.9);
        for (var line = 0; line < 8; line++)
        {
            canvas.DrawText("ROBERTSON 14.03.1952", -4 + (line % 2 * 3), 4 + (line * 19), 2, 0.05);
        }

        return Values(canvas);
    }

    /// <summary>One where the line is drawn.</summary>
    public static double[] Text(string text, int left, int top)
    {
        var canvas = new SampleCanvas(Columns, Rows, 0);
        canvas.DrawText(text, left, top, 2, 1);
        return Values(canvas);
    }

    private static SampleCanvas Draw()
    {
        var canvas = new SampleCanvas(Columns, Rows, 0.06);
        canvas.FillEllipse(0.5, 0.52, 0.36, 0.36, 0.45);
        canvas.FillEllipse(0.5, 0.52, 0.32, 0.31, 0.32);
        canvas.FillEllipse(0.40, 0.50, 0.10, 0.16, 0.14);
        canvas.FillEllipse(0.60, 0.50, 0.10, 0.16, 0.14);
        canvas.FillEllipse(0.5, 0.72, 0.05, 0.06, 0.75);
        canvas.Paint((x, y, value) => value + (0.0004 * x) + (0.0003 * y));
        return canvas;
    }

    private static double[] Values(SampleCanvas canvas)
    {
        var values = new double[Columns * Rows];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp(canvas[i % Columns, i / Columns], 0, 1);
        }

        return values;
    }
}
