using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>What of a data set is about pixels, apart from Pixel Data themselves.</summary>
internal static class PixelAttributes
{
    private const ushort PixelGroup = 0x7FE0;

    /// <summary>Elements of group 7FE0 that belong to Pixel Data (PS3.3 C.7.6.3): offset tables, total length and the three kinds of data.</summary>
    private static readonly ushort[] s_parts = [0x0001, 0x0002, 0x0003, 0x0008, 0x0009, 0x0010];

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

    /// <summary>Variable Pixel Data (7Fxx) and coefficients are retired ways to keep a picture that nothing here looks at.</summary>
    public static void RemoveCopies(DeidContext context)
    {
        if (context.Edited.Elements.Any(element => IsCopy(element.Tag)))
        {
            context.Edited.Rewrite(element => IsCopy(element.Tag) ? null : element);
            context.Report.Note("retired copies of pixels were removed");
        }
    }

    /// <summary>Pixels of any kind, retired ones included.</summary>
    public static bool ArePixels(DicomTag tag) => IsCopy(tag) || tag == DicomTags.PixelData || tag == DicomTags.FloatPixelData || tag == DicomTags.DoubleFloatPixelData;

    public static bool IsOverlay(DicomTag tag) => (tag.Group & 0xFF00) == 0x6000;

    private static bool IsAboutPixels(DicomTag tag) => tag.Group is 0x0028 or PixelGroup || IsOverlay(tag);

    private static bool IsCopy(DicomTag tag) =>
        (tag.Group & 0xFF01) == 0x7F00 && !tag.IsGroupLength && (tag.Group != PixelGroup || !s_parts.Contains(tag.Element));
}
