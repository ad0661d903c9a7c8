namespace Smi.Dicom;

/// <summary>A data element whose value is a run of bytes.</summary>
public sealed class ValueElement : DicomElement
{
    internal ValueElement(DicomTag tag, VR vr, ByteSlice value, bool isBigEndian, ElementOrigin origin) : base(tag, vr, origin)
    {
        Value = value;
        IsBigEndian = isBigEndian;
    }

    /// <summary>A new element; the value is padded to even length by the rules of its VR.</summary>
    /// <param name="value">Little endian.</param>
    public ValueElement(DicomTag tag, VR vr, ReadOnlyMemory<byte> value) : base(tag, vr, null)
    {
        Value = new ByteSlice(Padded(value, vr.Padding()));
    }

    /// <summary>A new element whose value stands elsewhere; its length must be even.</summary>
    public ValueElement(DicomTag tag, VR vr, ByteSlice value, bool isBigEndian = false) : base(tag, vr, null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length & 1, 0);
        Value = value;
        IsBigEndian = isBigEndian;
    }

    public ByteSlice Value { get; }

    /// <summary>Byte length of the value, padding included.</summary>
    public long Length => Value.Length;

    /// <summary>Numbers in the value are big endian: the element comes from a file of that transfer syntax.</summary>
    public bool IsBigEndian { get; }

    private static ReadOnlyMemory<byte> Padded(ReadOnlyMemory<byte> value, byte padding)
    {
        if ((value.Length & 1) == 0)
        {
            return value;
        }

        var padded = new byte[value.Length + 1];
        value.Span.CopyTo(padded);
        padded[^1] = padding;
        return padded;
    }
}
