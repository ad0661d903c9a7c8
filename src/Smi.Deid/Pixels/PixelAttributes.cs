using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>What of a data set is about pixels, apart from Pixel Data themselves.</summary>
internal static class PixelAttributes
{
    private const ushort PixelGroup = 0x7FE0;

    /// <summary>Elements of group 7FE0 that belong to compressed Pixel Data (PS3.3 C.7.6.3): offsets and lengths of frames, and the length of all.</summary>
    private static readonly DicomTag[] s_tables = [DicomTags.ExtendedOffsetTable, DicomTags.ExtendedOffsetTableLengths, new(0x7FE00003)];

    /// <summary>Null when the data set says one thing about its pixels.</summary>
    /// <param name="original">The data set before anything was edited.</param>
    public static Refusal? Check(DicomDataSet original)
    {
        // Which of two is shown depends on the program.
        foreach (var tags in original.Elements.Select(element => element.Tag).Where(IsAboutPixels).CountBy(tag => tag))
        {
            if (tags.Value > 1)
            {
                return new Refusal($"{tags.Key} stands there {tags.Value} times");
            }
        }

        return original.FindValue(DicomTags.PixelData) is { } element && element.VR.IsText()
            ? new Refusal($"Pixel Data have the VR {element.VR.Letters()}")
            : null;
    }

    /// <summary>
    /// Variable Pixel Data (7Fxx) and coefficients are retired ways to keep a picture that nothing here looks at. An offset table is none where
    /// Pixel Data are not compressed, or where it holds more than a number for each frame.
    /// </summary>
    public static void RemoveCopies(DeidContext context)
    {
        var longest = context.Edited.Find(DicomTags.PixelData) is EncapsulatedElement ? 8L * Math.Max(1, context.Original.GetInt32(DicomTags.NumberOfFrames) ?? 1) : 0;
        bool IsCopyHere(DicomElement element) => IsCopy(element.Tag) || (s_tables.Contains(element.Tag) && !(element is ValueElement value && value.Length <= longest));

        if (context.Edited.Elements.Any(IsCopyHere))
        {
            context.Edited.Rewrite(element => IsCopyHere(element) ? null : element);
            context.Report.Note("copies of pixels outside of Pixel Data were removed");
        }
    }

    /// <summary>Pixels of any kind, retired ones included.</summary>
    public static bool ArePixels(DicomTag tag) => IsCopy(tag) || IsPixelData(tag);

    public static bool IsOverlay(DicomTag tag) => (tag.Group & 0xFF00) == 0x6000;

    private static bool IsAboutPixels(DicomTag tag) => tag.Group is 0x0028 or PixelGroup || IsOverlay(tag);

    private static bool IsPixelData(DicomTag tag) => tag == DicomTags.PixelData || tag == DicomTags.FloatPixelData || tag == DicomTags.DoubleFloatPixelData;

    private static bool IsCopy(DicomTag tag) => (tag.Group & 0xFF01) == 0x7F00 && !tag.IsGroupLength && !IsPixelData(tag) && !s_tables.Contains(tag);
}
