using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Brings elements into the order of their tags; of several with one tag the last stays, which is the one that rules see.</summary>
internal static class ElementOrder
{
    /// <param name="upTo">Elements from the first with this tag on stay as they are; null for all.</param>
    public static void Restore(DicomDataSet edited, DicomTag? upTo)
    {
        var count = CountUpTo(edited, upTo);
        if (IsInOrder(edited, count))
        {
            return;
        }

        var last = new Dictionary<DicomTag, DicomElement>();
        for (var index = 0; index < count; index++)
        {
            last[edited.Elements[index].Tag] = edited.Elements[index];
        }

        var sorted = new Queue<DicomElement>(last.Values.OrderBy(element => element.Tag));
        var position = 0;
        edited.Rewrite(element => position++ >= count ? element : sorted.TryDequeue(out var next) ? next : null);
    }

    private static int CountUpTo(DicomDataSet edited, DicomTag? upTo)
    {
        for (var index = 0; upTo is not null && index < edited.Count; index++)
        {
            if (edited.Elements[index].Tag == upTo)
            {
                return index;
            }
        }

        return edited.Count;
    }

    private static bool IsInOrder(DicomDataSet edited, int count)
    {
        for (var index = 1; index < count; index++)
        {
            if (edited.Elements[index].Tag <= edited.Elements[index - 1].Tag)
            {
                return false;
            }
        }

        return true;
    }
}
