using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

/// <summary>The network's input as its definition has it (`prepared` in tools/text-detector/network.py).</summary>
internal static class PlainInput
{
    private const int Block = 4;
    private const int Reach = 4;

    public static PlainMap Of(GrayImage image, float[] curve)
    {
        int shownWidth = Math.Max(96, image.Width), shownHeight = Math.Max(96, image.Height);
        int width = (shownWidth + 15) / 16 * 16, height = (shownHeight + 15) / 16 * 16;
        float Toned(int x, int y) => curve[image.Samples[
            (Mirrored(Math.Min(y, shownHeight - 1), image.Height) * image.Width) + Mirrored(Math.Min(x, shownWidth - 1), image.Width)]];
        var (mean, square) = (new PlainMap(width / Block, height / Block, 1), new PlainMap(width / Block, height / Block, 1));
        for (var i = 0; i < mean.Width * mean.Height; i++)
        {
            int x = i % mean.Width, y = i / mean.Width;
            mean[x, y, 0] = Sum(column => Sum(row => Toned((x * Block) + column, (y * Block) + row))) * (1f / 16);
            square[x, y, 0] = Sum(column => Sum(row => Square(Toned((x * Block) + column, (y * Block) + row)))) * (1f / 16);
        }

        (mean, square) = (Averaged(mean), Averaged(square));
        var input = new PlainMap(width, height, 2);
        for (var i = 0; i < shownWidth * shownHeight; i++)
        {
            int x = i % shownWidth, y = i / shownWidth;
            var (value, average) = (Toned(x, y), mean[x / Block, y / Block, 0]);
            var deviation = MathF.Sqrt(Math.Max(0, square[x / Block, y / Block, 0] - (average * average)));
            input[x, y, 0] = (2 * value) - 1;
            input[x, y, 1] = Math.Clamp((value - average) * (1 / (deviation + 0.006f)), -4, 4) / 2;
        }

        return input;
    }

    private static float Sum(Func<int, float> of) => of(0) + of(1) + (of(2) + of(3));

    private static float Square(float value) => value * value;

    private static int Mirrored(int at, int side) => at % (2 * side) < side ? at % (2 * side) : (2 * side) - 1 - (at % (2 * side));

    private static PlainMap Averaged(PlainMap map) =>
        Averaged(Averaged(map, (x, y, d) => (Math.Clamp(x + d, 0, map.Width - 1), y), each: false), (x, y, d) => (x, Math.Clamp(y + d, 0, map.Height - 1)), each: true);

    /// <param name="each">Whether each value is multiplied by its share, or their sum.</param>
    private static PlainMap Averaged(PlainMap map, Func<int, int, int, (int X, int Y)> near, bool each)
    {
        const float share = 1f / ((2 * Reach) + 1);
        var result = new PlainMap(map.Width, map.Height, 1);
        for (var i = 0; i < map.Width * map.Height; i++)
        {
            int x = i % map.Width, y = i / map.Width;
            var sum = 0f;
            for (var d = -Reach; d <= Reach; d++)
            {
                var (nx, ny) = near(x, y, d);
                sum += each ? map[nx, ny, 0] * share : map[nx, ny, 0];
            }

            result[x, y, 0] = each ? sum : sum * share;
        }

        return result;
    }
}
