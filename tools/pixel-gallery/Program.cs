using Smi.Deid.Samples;
using Smi.Gallery;
using SkiaSharp;

// Draws docs/gallery/*.png: for each case before on the left, after on the right. Argument: the folder.
const int across = 3;
const int gap = 4;
const int label = 14;
var folder = args is [var given] ? given : "docs/gallery";
Directory.CreateDirectory(folder);
foreach (var sheet in GalleryRun.Cases().GroupBy(gallery => gallery.Sheet))
{
    var cells = sheet.ToList();
    var (cellWidth, cellHeight) = ((2 * Scene.Columns) + (3 * gap), Scene.Rows + label + gap);
    var (width, height) = (across * cellWidth, (cells.Count + across - 1) / across * cellHeight);
    using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
    bitmap.Erase(new SKColor(48, 52, 64));
    for (var i = 0; i < cells.Count; i++)
    {
        var (left, top) = (i % across * cellWidth, i / across * cellHeight);
        var result = GalleryRun.Of(cells[i]);
        Write(bitmap, cells[i].Title.ToUpperInvariant(), left + gap, top + 4);
        Paste(bitmap, result.Before, left + gap, top + label);
        Paste(bitmap, result.After, left + (2 * gap) + Scene.Columns, top + label);
        Console.WriteLine($"{sheet.Key}: {cells[i].Title}: {string.Join(", ", result.Regions.Select(region => region.Source).Distinct())}");
    }

    using var file = File.Create(Path.Combine(folder, $"{sheet.Key}.png"));
    bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
}

static void Paste(SKBitmap bitmap, byte[] rgb, int left, int top)
{
    for (var i = 0; i < rgb.Length / 3; i++)
    {
        bitmap.SetPixel(left + (i % Scene.Columns), top + (i / Scene.Columns), new SKColor(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]));
    }
}

static void Write(SKBitmap bitmap, string text, int left, int top)
{
    for (var i = 0; i < text.Length; i++)
    {
        for (var dot = 0; dot < SampleFont.Width * SampleFont.Height; dot++)
        {
            var (x, y) = (dot % SampleFont.Width, dot / SampleFont.Width);
            if (SampleFont.IsSet(text[i], x, y))
            {
                bitmap.SetPixel(left + (i * (SampleFont.Width + 1)) + x, top + y, SKColors.White);
            }
        }
    }
}
