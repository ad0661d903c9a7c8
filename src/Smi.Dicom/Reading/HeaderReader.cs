using System.Buffers.Binary;

namespace Smi.Dicom.Reading;

/// <summary>Reads element headers of either encoding and byte order.</summary>
internal static class HeaderReader
{
    public static readonly DicomTag Item = new(0xFFFE, 0xE000);
    public static readonly DicomTag ItemDelimitation = new(0xFFFE, 0xE00D);
    public static readonly DicomTag SequenceDelimitation = new(0xFFFE, 0xE0DD);

    /// <param name="bytes">From the first byte of the element; up to <see cref="ElementHeader.LongestSize"/> bytes are looked at.</param>
    public static ElementHeader Read(ReadOnlySpan<byte> bytes, DataSetEncoding encoding, long offset)
    {
        if (bytes.Length < 8)
        {
            throw new DicomFormatException("the data end inside an element header", offset);
        }

        var tag = ReadTag(bytes, encoding.IsBigEndian);
        if (tag.Group == 0xFFFE)
        {
            return new ElementHeader(tag, VR.None, Defined(ReadUInt32(bytes[4..], encoding.IsBigEndian)), 8);
        }

        return encoding.IsExplicit ? ReadExplicit(bytes, tag, encoding.IsBigEndian, offset) : ReadImplicit(bytes, tag, encoding.IsBigEndian);
    }

    public static DicomTag ReadTag(ReadOnlySpan<byte> bytes, bool isBigEndian) => isBigEndian
        ? new DicomTag(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))
        : new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));

    private static ElementHeader ReadImplicit(ReadOnlySpan<byte> bytes, DicomTag tag, bool isBigEndian) =>
        new(tag, DicomDictionary.ImplicitVR(tag), Defined(ReadUInt32(bytes[4..], isBigEndian)), 8);

    private static ElementHeader ReadExplicit(ReadOnlySpan<byte> bytes, DicomTag tag, bool isBigEndian, long offset)
    {
        var vr = (VR)(bytes[4] | (bytes[5] << 8));
        if (!vr.LooksLikeVR())
        {
            return ReadWithoutVR(bytes, tag, isBigEndian, offset);
        }

        if (!HasLongForm(vr, bytes))
        {
            return new ElementHeader(tag, vr, ReadUInt16(bytes[6..], isBigEndian), 8);
        }

        return bytes.Length < 12
            ? throw new DicomFormatException("the data end inside an element header", offset, tag)
            : new ElementHeader(tag, vr, Defined(ReadUInt32(bytes[8..], isBigEndian)), 12);
    }

    // PS3.5 6.2: a VR added later has a 32-bit length. A VR that is a writer's mistake often has 16 bits: there the two bytes
    // that would be reserved are not zero.
    private static bool HasLongForm(VR vr, ReadOnlySpan<byte> bytes) =>
        vr.HasLongLength() || (!vr.IsKnown() && bytes[6] == 0 && bytes[7] == 0);

    // Some writers put implicit headers, most often of private elements, into an explicit data set.
    private static ElementHeader ReadWithoutVR(ReadOnlySpan<byte> bytes, DicomTag tag, bool isBigEndian, long offset)
    {
        var length = ReadUInt32(bytes[4..], isBigEndian);
        return length < 0x10000
            ? new ElementHeader(tag, DicomDictionary.ImplicitVR(tag), length, 8)
            : throw new DicomFormatException("there is no value representation", offset, tag);
    }

    private static uint? Defined(uint length) => length == ElementHeader.UndefinedLength ? null : length;

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
