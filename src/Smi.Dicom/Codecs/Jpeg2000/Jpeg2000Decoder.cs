using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// JPEG 2000 part 1 (ITU T.800) up to 16 bits, reversible and irreversible, bare or in JP2 boxes. Component transforms are undone.
/// A stream that does not hold all packets is refused, for nothing may be decided on half an image.
/// </summary>
/// <param name="parallelism">How many threads may decode code-blocks; 1 is the caller's own.</param>
public sealed class Jpeg2000Decoder(int parallelism = 1) : IFrameDecoder
{
    public void Decode(ReadOnlySpan<byte> codestream, in FrameFormat format, Span<byte> frame)
    {
        if (frame.Length != format.FrameLength || format.BitsAllocated is not (8 or 16 or 32))
        {
            throw new ArgumentException("The frame must have the length that its format says.", nameof(frame));
        }

        var bare = Jp2Boxes.Unwrap(codestream);
        var parsed = Codestream.Read(bare, format);

        // Threads cannot share a span.
        var bytes = ArrayPool<byte>.Shared.Rent(bare.Length);
        try
        {
            bare.CopyTo(bytes);
            DecodeTiles(parsed, bytes, format, frame);
        }
        catch (AggregateException failure) when (failure.InnerException is DicomFormatException damaged)
        {
            throw damaged;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private unsafe void DecodeTiles(Codestream codestream, byte[] bytes, in FrameFormat format, Span<byte> frame)
    {
        fixed (byte* target = frame)
        {
            var writer = new FrameWriter(target, format, codestream.Size);
            for (var index = 0; index < codestream.Size.TileCount; index++)
            {
                new TileDecoder(codestream.Size, codestream.Size.Tile(index), codestream.Tile(index), parallelism).Decode(bytes, writer);
            }
        }
    }
}
