using Smi.Dicom.Frames;
using Smi.Gallery;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Every image of the gallery, as a viewer shows it before and after.</summary>
public sealed class GalleryTests
{
    /// <summary>JPEG decoders may differ by this much beside blocks that became flat.</summary>
    private const int Tolerance = 2;

    /// <summary>What an eye takes for black; a compressed block is that only nearly.</summary>
    private const int AlmostBlack = 6;

    private static readonly Lazy<IReadOnlyList<GalleryCase>> s_cases = new(() => [.. GalleryRun.Cases()]);

    public static TheoryData<string> Titles => [.. s_cases.Value.Select(gallery => gallery.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Shows_black_where_text_was_and_nothing_else_changed(string title)
    {
        var gallery = s_cases.Value.Single(gallery => gallery.Title == title);

        var result = GalleryRun.Of(gallery);

        foreach (var box in gallery.Hidden)
        {
            Assert.True(Brightest(result.Before, box) > 200, "the text was not visible before");
            Assert.True(IsGone(gallery, result, box), $"something shows at {box}");
        }

        if (HasFixedScale(gallery))
        {
            var boxes = result.Regions.Select(region => new PixelBox(
                region.X0 - gallery.Grid, region.Y0 - gallery.Grid, region.X1 + gallery.Grid, region.Y1 + gallery.Grid)).ToList();
            var change = Pixels().Where(pixel => !boxes.Exists(box => Holds(box, pixel))).Max(pixel => Math.Abs(Level(result.After, pixel) - Level(result.Before, pixel)));
            Assert.InRange(change, 0, Tolerance);
        }
    }

    private static bool IsGone(GalleryCase gallery, GalleryResult result, PixelBox box) => gallery.Title.Contains("overlay", StringComparison.Ordinal)
        ? Brightest(result.After, box) < 200
        : Brightest(result.After, box) <= AlmostBlack;

    /// <summary>Without a window the scale is that of the values that are left.</summary>
    private static bool HasFixedScale(GalleryCase gallery) =>
        gallery.DataSet.GetInt32(Dicom.DicomTags.SamplesPerPixel) == 3 || gallery.Title.Contains("window", StringComparison.Ordinal) || gallery.Title.StartsWith("PALETTE", StringComparison.Ordinal);

    private static IEnumerable<int> Pixels() => Enumerable.Range(0, Scene.Columns * Scene.Rows);

    private static bool Holds(PixelBox box, int pixel) =>
        pixel % Scene.Columns >= box.Left && pixel % Scene.Columns < box.Right && pixel / Scene.Columns >= box.Top && pixel / Scene.Columns < box.Bottom;

    private static int Brightest(byte[] rgb, PixelBox box) => Pixels().Where(pixel => Holds(box, pixel)).Max(pixel => Level(rgb, pixel));

    private static int Level(byte[] rgb, int pixel) => Math.Max(rgb[3 * pixel], Math.Max(rgb[(3 * pixel) + 1], rgb[(3 * pixel) + 2]));
}
