namespace Smi.Deid.Tests.Pixels;

/// <summary>Burns text in a 5 × 7 bitmap font of our own into a picture of bytes, so that tests need no font of the machine.</summary>
internal sealed class BitmapText(int width, int height)
{
    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['A'] = [".###.", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"],
        ['B'] = ["####.", "#...#", "#...#", "####.", "#...#", "#...#", "####."],
        ['D'] = ["####.", "#...#", "#...#", "#...#", "#...#", "#...#", "####."],
        ['E'] = ["#####", "#....", "#....", "####.", "#....", "#....", "#####"],
        ['F'] = ["#####", "#....", "#....", "####.", "#....", "#....", "#...."],
        ['H'] = ["#...#", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"],
        ['I'] = [".###.", "..#..", "..#..", "..#..", "..#..", "..#..", ".###."],
        ['M'] = ["#...#", "##.##", "#.#.#", "#.#.#", "#...#", "#...#", "#...#"],
        ['N'] = ["#...#", "##..#", "#.#.#", "#.#.#", "#..##", "#...#", "#...#"],
        ['O'] = [".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."],
        ['R'] = ["####.", "#...#", "#...#", "####.", "#.#..", "#..#.", "#...#"],
        ['S'] = [".####", "#....", "#....", ".###.", "....#", "....#", "####."],
        ['T'] = ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."],
        ['1'] = ["..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."],
        ['2'] = [".###.", "#...#", "....#", "...#.", "..#..", ".#...", "#####"],
        ['5'] = ["#####", "#....", "####.", "....#", "....#", "#...#", ".###."],
        ['9'] = [".###.", "#...#", "#...#", ".####", "....#", "...#.", ".##.."],
        [' '] = [".....", ".....", ".....", ".....", ".....", ".....", "....."],
    };

    public int Width => width;

    public int Height => height;

    public byte[] Pixels { get; } = new byte[width * height];

    /// <summary>Grey noise around a level, the same for the same seed.</summary>
    public BitmapText WithNoise(int level, int spread, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Pixels.Length; i++)
        {
            Pixels[i] = (byte)Math.Clamp(level + random.Next(-spread, spread + 1), 0, 255);
        }

        return this;
    }

    /// <summary>Burns the text and gives the box around its ink: left, top, right, bottom.</summary>
    public (int Left, int Top, int Right, int Bottom) Burn(string text, int left, int top, int scale, byte level, bool upright = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var cell = 0; cell < 35 * scale * scale; cell++)
            {
                int x = cell % (5 * scale), y = cell / (5 * scale);
                if (Glyphs[text[i]][y / scale][x / scale] == '#')
                {
                    var along = (i * 6 * scale) + x;
                    var (column, row) = upright ? (left + y, top + (text.Length * 6 * scale) - 1 - along) : (left + along, top + y);
                    Pixels[(row * width) + column] = level;
                }
            }
        }

        var (length, thickness) = (((text.Length * 6) - 1) * scale, 7 * scale);
        return upright ? (left, top + scale, left + thickness, top + scale + length) : (left, top, left + length, top + thickness);
    }
}
