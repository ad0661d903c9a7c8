using System.Buffers.Binary;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>Reads the stored values of a decoded frame: the bits between High Bit and Bits Stored, with sign (PS3.5 8.1.1).</summary>
internal readonly ref struct StoredSamples(ReadOnlySpan<byte> frame, FrameFormat format)
{
    private readonly ReadOnlySpan<byte> frame = frame;
    private readonly int bytes = format.BytesPerSample;
    private readonly int left = 31 - format.HighBit;
    private readonly int right = 32 - format.BitsStored;
    private readonly bool isSigned = format.IsSigned;

    public int Count => frame.Length / bytes;

    public long this[int index]
    {
        get
        {
            var at = frame[(index * bytes)..];
            var raw = bytes switch
            {
                1 => at[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(at),
            };
            var aligned = raw << left;
            return isSigned ? (int)aligned >> right : aligned >> right;
        }
    }
}
