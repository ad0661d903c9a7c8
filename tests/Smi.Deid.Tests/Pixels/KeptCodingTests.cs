using System.Buffers.Binary;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using Smi.Dicom.Tests.Codecs.Jpeg2000;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Reversible JPEG 2000 is blanked in the coding of its source, where nothing but the boxes changes.</summary>
public sealed class KeptCodingTests
{
    private const int Width = 320;
    private const int Height = 200;

    private static readonly TransferSyntax s_lossless = TransferSyntax.Find(TransferSyntaxCodecs.Jpeg2000Lossless) ?? TransferSyntax.ExplicitLittleEndian;

    [Theory]
    [InlineData(8, 8, "-p RPCL -r 20,5,1 -c [64,64] -b 16,16 -SOP -EPH")]
    [InlineData(16, 12, "-t 128,128 -M 36")]
    public void Parameters_of_the_source_and_all_samples_beside_the_boxes_stay(int allocated, int stored, string options)
    {
        var format = PixelWork.Gray(Width, Height, allocated: allocated, stored: stored);
        var (frame, source) = Coded(format, format, bits: 0, options);

        using var context = PixelWork.Run(Image(format, source), s_lossless, out var refusal);

        Assert.Null(refusal);
        var redacted = Codestream(context);
        var style = Segment(source, [0xFF, 0x52]);
        Assert.Equal(style, Segment(redacted, [0xFF, 0x52]));
        var result = PixelWork.Frame(context, 0);
        Assert.Equal(frame.AsSpan(frame.Length / 2), result.AsSpan(frame.Length / 2));
        Assert.True(Most(frame, format) > 240 && Most(result, format) < 100);
    }

    [Fact]
    public void Bits_beside_the_stored_ones_are_cleared_all_the_same()
    {
        var format = PixelWork.Gray(Width, Height, allocated: 16, stored: 12);
        var (_, source) = Coded(format, format with { BitsStored = 16 }, bits: 0x3000, "-p RPCL");

        using var context = PixelWork.Run(Image(format, source), s_lossless, out var refusal);

        Assert.Null(refusal);
        Assert.Contains("what stood in unused bits of samples was cleared", context.Report.Notes);
        Assert.InRange(Most(PixelWork.Frame(context, 0), format), 0, 100);
    }

    private static (byte[] Frame, byte[] Codestream) Coded(FrameFormat format, FrameFormat coded, int bits, string options)
    {
        var picture = new BitmapText(Width, Height).WithNoise(60, 8, 3);
        picture.Burn("ROBERTSON", 20, 16, 2, 250);
        byte[] frame = format.BitsAllocated == 8 ? picture.Pixels : [.. picture.Pixels.SelectMany(value => BitConverter.GetBytes((ushort)(value | bits)))];
        return (frame, OpenJpeg.Compress(frame, coded, options));
    }

    private static DicomDataSet Image(FrameFormat format, byte[] codestream)
    {
        var image = PixelWork.Image(format, new byte[format.FrameLength]);
        byte[] even = codestream.Length % 2 == 0 ? codestream : [.. codestream, 0];
        image.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(Array.Empty<byte>()), new ByteSlice(even)]));
        return image;
    }

    private static byte[] Codestream(DeidContext context) =>
        FrameReader.Open(context.Edited, context.OutputSyntax).ReadCodestream(0).ToArray();

    private static byte[] Segment(byte[] codestream, byte[] marker)
    {
        var at = codestream.AsSpan().IndexOf(marker);
        return codestream[at..(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(codestream.AsSpan(at + 2)))];
    }

    private static int Most(byte[] frame, FrameFormat format) =>
        format.BytesPerSample == 1 ? frame.Max() : Enumerable.Range(0, frame.Length / 2).Max(i => BitConverter.ToUInt16(frame, 2 * i));
}
