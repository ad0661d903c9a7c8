using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Finds the codestream in a JP2 file (ITU T.800 annex I); DICOM asks for it bare, some writers wrap it all the same.</summary>
internal static class Jp2Boxes
{
    private const uint ContiguousCodestream = 0x6A703263;
    private const int HeaderLength = 8;

    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> stream)
    {
        // I.5.1: the signature box has length 12 and type "jP  ".
        if (stream.Length < 12 || !stream[..8].SequenceEqual<byte>([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]))
        {
            return stream;
        }

        while (stream.Length >= HeaderLength)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(stream);
            var isCodestream = BinaryPrimitives.ReadUInt32BigEndian(stream[4..]) == ContiguousCodestream;
            var header = HeaderLength;
            if (length == 1 && stream.Length >= 16)
            {
                length = (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64BigEndian(stream[8..]));
                header = 16;
            }
            else if (length == 0)
            {
                length = stream.Length;
            }

            if (length < header || length > stream.Length)
            {
                break;
            }

            if (isCodestream)
            {
                return stream[header..(int)length];
            }

            stream = stream[(int)length..];
        }

        throw new DicomFormatException("JPEG 2000: no codestream in the boxes");
    }
}
