namespace Smi.Dicom;

/// <summary>
/// A data element (PS3.5 7.1). Immutable; a data set is edited by putting another element in its place. One of
/// <see cref="ValueElement"/>, <see cref="SequenceElement"/> and <see cref="EncapsulatedElement"/>.
/// </summary>
public abstract class DicomElement
{
    private protected DicomElement(DicomTag tag, VR vr, ElementOrigin? origin)
    {
        Tag = tag;
        VR = vr;
        Origin = origin;
    }

    public DicomTag Tag { get; }

    /// <summary>As the file has it, or as the dictionary gives it for implicit encoding.</summary>
    public VR VR { get; }

    /// <summary>The VR to read the value by: the dictionary's where the file says UN or something that is no VR.</summary>
    public VR EffectiveVR => VR.IsKnown() && VR != VR.UN ? VR : DicomDictionary.ImplicitVR(Tag);

    /// <summary>Null for an element that was made or edited here.</summary>
    internal ElementOrigin? Origin { get; }
}
