using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>Icon images (PS3.3 F.7) are small copies of images, burned-in text included.</summary>
internal static class IconImages
{
    /// <summary>Removes them at every depth.</summary>
    public static void RemoveFrom(DeidContext context)
    {
        if (Remove(context.Edited))
        {
            context.Report.Note("icon images were removed");
        }
    }

    private static bool Remove(DicomDataSet dataSet)
    {
        var isFound = dataSet.Remove(DicomTags.IconImageSequence);
        foreach (var item in dataSet.Elements.OfType<SequenceElement>().SelectMany(sequence => sequence.Items))
        {
            isFound |= Remove(item);
        }

        return isFound;
    }
}
