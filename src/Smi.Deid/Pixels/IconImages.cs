using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>
/// Icon images (PS3.3 F.7) are small copies of images, burned-in text included. They go, and so does every other sequence with pixels or overlays in its items.
/// </summary>
internal static class IconImages
{
    public static void RemoveFrom(DeidContext context)
    {
        if (Remove(context.Edited))
        {
            context.Report.Note("icon images were removed");
        }
    }

    private static bool Remove(DicomDataSet dataSet)
    {
        var isFound = false;
        foreach (var sequence in dataSet.Elements.OfType<SequenceElement>().ToList())
        {
            if (sequence.Tag == DicomTags.IconImageSequence || sequence.Items.Any(HoldsPixels))
            {
                isFound |= dataSet.Remove(sequence.Tag);
                continue;
            }

            foreach (var item in sequence.Items)
            {
                isFound |= Remove(item);
            }
        }

        return isFound;
    }

    private static bool HoldsPixels(DicomDataSet item) =>
        item.Elements.Any(element => PixelAttributes.ArePixels(element.Tag) || PixelAttributes.IsOverlay(element.Tag));
}
