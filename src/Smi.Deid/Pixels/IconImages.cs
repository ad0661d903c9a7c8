using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>
/// Icon images (PS3.3 F.7) are small copies of images, burned-in text included. They go, and so does every other sequence with pixels or overlays in its items,
/// and what should be a sequence and is bytes, in which anything may be.
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
        foreach (var element in dataSet.Elements.Where(MayHoldPixels).ToList())
        {
            isFound |= dataSet.Remove(element.Tag);
        }

        foreach (var item in dataSet.Elements.OfType<SequenceElement>().SelectMany(sequence => sequence.Items).ToList())
        {
            isFound |= Remove(item);
        }

        return isFound;
    }

    private static bool MayHoldPixels(DicomElement element) =>
        element.Tag == DicomTags.IconImageSequence
        || (element is SequenceElement sequence ? sequence.Items.Any(HoldsPixels) : element is ValueElement { Length: > 0 } && DicomDictionary.Find(element.Tag)?.VR == VR.SQ);

    private static bool HoldsPixels(DicomDataSet item) =>
        item.Elements.Any(element => PixelAttributes.ArePixels(element.Tag) || PixelAttributes.IsOverlay(element.Tag));
}
