namespace Smi.Dicom;

/// <summary>
/// A sequence of items (PS3.5 7.5). The VR is SQ, or UN for one that was stored as unknown: its items are then implicit VR
/// little endian (PS3.5 6.2.2 note 2, CP-246).
/// </summary>
public sealed class SequenceElement : DicomElement
{
    internal SequenceElement(DicomTag tag, VR vr, IReadOnlyList<DicomDataSet> items, bool hasDefinedLength, ElementOrigin? origin)
        : base(tag, vr, origin)
    {
        Items = items;
        HasDefinedLength = hasDefinedLength;
    }

    public SequenceElement(DicomTag tag, IReadOnlyList<DicomDataSet> items) : this(tag, VR.SQ, items, false, null)
    {
    }

    public IReadOnlyList<DicomDataSet> Items { get; }

    /// <summary>The sequence stands in its file with its length, not with a delimiter.</summary>
    public bool HasDefinedLength { get; }

    internal bool IsUntouched => Origin is not null && Items.All(item => item.IsUntouched);
}
