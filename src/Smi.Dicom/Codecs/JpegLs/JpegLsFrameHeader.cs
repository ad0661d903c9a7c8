using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>The SOF55 segment: size, precision and the identifiers of the components in their order.</summary>
internal sealed record JpegLsFrameHeader(int Precision, int Rows, int Columns, byte[] Components)
{
    private const int FixedLength = 6;
    private const int ComponentLength = 3;
    private const byte NotSubsampled = 0x11;

    public static JpegLsFrameHeader Read(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < FixedLength || segment.Length != FixedLength + (ComponentLength * segment[5]))
        {
            throw new DicomFormatException("JPEG-LS: the frame header has a wrong length");
        }

        var components = new byte[segment[5]];
        for (var index = 0; index < components.Length; index++)
        {
            var component = segment[(FixedLength + (ComponentLength * index))..];
            components[index] = component[0];
            if (component[1] != NotSubsampled)
            {
                throw new DicomFormatException("JPEG-LS: subsampled components are not supported");
            }
        }

        return new JpegLsFrameHeader(
            segment[0],
            BinaryPrimitives.ReadUInt16BigEndian(segment[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            components);
    }

    public void Require(in FrameFormat format)
    {
        if (Rows == 0 || Columns == 0 || Rows != format.Rows || Columns != format.Columns || Components.Length != format.SamplesPerPixel)
        {
            throw new DicomFormatException("JPEG-LS: size or number of components differ from the data set's");
        }

        if (Precision is < 2 or > 16 || Precision > format.BitsAllocated)
        {
            throw new DicomFormatException("JPEG-LS: precision outside 2 to 16 bits, or beyond Bits Allocated");
        }
    }
}
