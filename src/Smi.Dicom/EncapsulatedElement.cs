namespace Smi.Dicom;

/// <summary>Pixel Data in fragments (PS3.5 A.4). The first fragment is the Basic Offset Table, empty or not.</summary>
public sealed class EncapsulatedElement : DicomElement
{
    internal EncapsulatedElement(DicomTag tag, VR vr, IReadOnlyList<ByteSlice> fragments, ElementOrigin? origin) : base(tag, vr, origin)
    {
        Fragments = fragments;
    }

    /// <param name="tag">Usually Pixel Data.</param>
    /// <param name="fragments">The offset table and then the fragments, each of even length.</param>
    public EncapsulatedElement(DicomTag tag, IReadOnlyList<ByteSlice> fragments) : this(tag, VR.OB, fragments, null)
    {
        if (fragments.Count == 0 || fragments.Any(fragment => (fragment.Length & 1) == 1))
        {
            throw new ArgumentException("an offset table comes first, and fragments have even length", nameof(fragments));
        }
    }

    public IReadOnlyList<ByteSlice> Fragments { get; }
}
