using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>The Sequence of Ultrasound Regions (PS3.3 C.8.5.5.1): where the picture is. Names stand outside.</summary>
public static class UltrasoundRegions
{
    private static readonly DicomTag s_sequence = new(0x00186011);
    private static readonly DicomTag s_left = new(0x00186018);
    private static readonly DicomTag s_top = new(0x0018601A);
    private static readonly DicomTag s_right = new(0x0018601C);
    private static readonly DicomTag s_bottom = new(0x0018601E);

    public static bool ArePresent(DicomDataSet original) => original.FindSequence(s_sequence) is { Items.Count: > 0 };

    /// <summary>The regions on the image; those without four sensible numbers, or of one row or column, are left out, so that nothing is kept because of them.</summary>
    public static IReadOnlyList<PixelBox> Inside(DicomDataSet original, int columns, int rows)
    {
        if (original.FindSequence(s_sequence) is not { } sequence)
        {
            return [];
        }

        return [.. sequence.Items.Select(Region).Select(box => box.ClippedTo(columns, rows)).Where(box => !box.IsEmpty)];
    }

    /// <summary>What lies outside of all regions; nothing when there is no sequence, everything when none of its regions makes sense.</summary>
    public static IReadOnlyList<PixelBox> Outside(DicomDataSet original, int columns, int rows) =>
        ArePresent(original) ? KeptAreas.Outside(Inside(original, columns, rows), columns, rows) : [];

    /// <summary>The lower right corner belongs to the region.</summary>
    private static PixelBox Region(DicomDataSet item) =>
        (item.GetInt32(s_left), item.GetInt32(s_top), item.GetInt32(s_right), item.GetInt32(s_bottom)) is ({ } left, { } top, { } right, { } bottom)
        && right > left && bottom > top && right < int.MaxValue && bottom < int.MaxValue
            ? new PixelBox(left, top, right + 1, bottom + 1)
            : default;
}
