using CsCheck;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;

namespace Smi.Dicom.Tests.Codecs;

public sealed class LosslessEncoderTests
{
    [Fact]
    public void Lossless_JPEG_decodes_to_the_same_samples() =>
        Frames(8, 16).Sample(frame => RoundTrips(new JpegLosslessEncoder(), new JpegDecoder(), frame), iter: 300);

    [Fact]
    public void RLE_decodes_to_the_same_samples() =>
        Frames(8, 16, 32).Sample(frame => RoundTrips(new RleCodec(), new RleCodec(), frame), iter: 300);

    [Fact]
    public void Lossless_JPEG_keeps_the_largest_differences()
    {
        // 0, 32768, 0 …: each difference is 32768, the category without further bits.
        byte[] frame = [.. Enumerable.Range(0, 600).Select(i => (byte)(i % 4 == 1 ? 0x80 : 0))];
        FrameFormat format = Format(10, 30, 1, 16);
        Assert.True(RoundTrips(new JpegLosslessEncoder(), new JpegDecoder(), (format, frame)));
    }

    [Fact]
    public void Bits_above_Bits_Stored_survive()
    {
        byte[] frame = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))];
        FrameFormat format = Format(10, 10, 1, 16) with { BitsStored = 12, HighBit = 11 };
        Assert.True(RoundTrips(new JpegLosslessEncoder(), new JpegDecoder(), (format, frame)));
        Assert.True(RoundTrips(new JpegLosslessEncoder(), new JpegDecoder(), (format with { IsSigned = true }, frame)));
    }

    [Fact]
    public void Smooth_frames_become_smaller()
    {
        byte[] frame = [.. Enumerable.Range(0, 64 * 64).SelectMany(i => new[] { (byte)(i % 64 + i / 64), (byte)3 })];
        Assert.True(new JpegLosslessEncoder().Encode(frame, Format(64, 64, 1, 16)).Length < frame.Length / 4);
        Assert.True(new RleCodec().Encode(new byte[64 * 64], Format(64, 64, 1, 8)).Length < 300);
    }

    private static bool RoundTrips(IFrameEncoder encoder, IFrameDecoder decoder, (FrameFormat Format, byte[] Samples) frame)
    {
        byte[] codestream = encoder.Encode(frame.Samples, frame.Format);
        var decoded = new byte[frame.Samples.Length];
        decoder.Decode(codestream, frame.Format, decoded);
        return codestream.Length % 2 == 0 && decoded.AsSpan().SequenceEqual(frame.Samples);
    }

    private static Gen<(FrameFormat Format, byte[] Samples)> Frames(params int[] bits) =>
        from rows in Gen.Int[1, 20]
        from columns in Gen.Int[1, 300]
        from isColour in Gen.Bool
        from index in Gen.Int[0, bits.Length - 1]
        from seed in Gen.Int[0, 1_000_000]
        let samples = isColour ? 3 : 1
        let allocated = bits[index]
        select (Format(rows, columns, samples, allocated), Noise(rows * columns * samples * allocated / 8, seed));

    // Stretches of equal bytes among random ones, so that runs of all lengths occur.
    private static byte[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        random.NextBytes(bytes);
        for (int at = 0; at < length; at += random.Next(1, 300))
        {
            bytes.AsSpan(at, Math.Min(random.Next(1, 200), length - at)).Fill(bytes[at]);
        }

        return bytes;
    }

    private static FrameFormat Format(int rows, int columns, int samples, int allocated) => new()
    {
        Rows = rows,
        Columns = columns,
        SamplesPerPixel = samples,
        BitsAllocated = allocated,
        BitsStored = allocated,
        HighBit = allocated - 1,
        PhotometricInterpretation = samples == 1 ? "MONOCHROME2" : "RGB",
    };
}
