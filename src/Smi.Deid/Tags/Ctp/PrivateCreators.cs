using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Puts private creators back whose blocks still have elements: without them nobody could tell what those are (PS3.5 7.8.1).</summary>
internal sealed class PrivateCreators
{
    private List<DicomElement>? dropped;
    private HashSet<DicomTag>? needed;

    public void Dropped(DicomElement element)
    {
        if (element.Tag.IsPrivateCreator)
        {
            (dropped ??= []).Add(element);
        }
    }

    public void Keep(DicomTag tag)
    {
        if (tag.IsPrivate && !tag.IsPrivateCreator && dropped is not null)
        {
            (needed ??= []).Add(tag.PrivateCreatorTag);
        }
    }

    public void Restore(DicomDataSet edited)
    {
        if (needed is null || dropped is null)
        {
            return;
        }

        foreach (var creator in dropped.Where(creator => needed.Contains(creator.Tag)))
        {
            edited.Set(creator);
        }
    }
}
