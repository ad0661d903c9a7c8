using System.Buffers.Binary;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Codecs.JpegLs;

namespace Smi.Deid.Samples;

/// <summary>Puts native Pixel Data into fragments (PS3.5 A.4), one for each frame, without loss.</summary>
internal static class SampleCompression
{
    private const string JpegLosslessFirstOrder = "1.2.840.10008.1.2.4.70";
    private const string JpegLsLossless = "1.2.840.10008.1.2.4.80";
    private const string RleLossless = "1.2.840.10008.1.2.5";

    public static TransferSyntax JpegLossless => Known(JpegLosslessFirstOrder);

    public static TransferSyntax JpegLs => Known(JpegLsLossless);

    public static TransferSyntax Rle => Known(RleLossless);

    public static void Compress(DicomDataSet dataSet, TransferSyntax syntax)
    {
        var native = dataSet.FindValue(DicomTags.PixelData) ?? throw new ArgumentException("the sample has no Pixel Data", nameof(dataSet));
        var format = FormatOf(dataSet);
        var encoder = EncoderFor(syntax);
        var samples = native.Value.ToMemory();
        var fragments = new List<byte[]>();
        for (long start = 0; start + format.FrameLength <= samples.Length; start += format.FrameLength)
        {
            fragments.Add(encoder.Encode(samples.Span.Slice((int)start, (int)format.FrameLength), format));
        }

        dataSet.Set(new EncapsulatedElement(DicomTags.PixelData, [OffsetTable(fragments), .. fragments.Select(fragment => new ByteSlice(fragment))]));
    }

    private static TransferSyntax Known(string uid) =>
        TransferSyntax.Find(uid) ?? throw new InvalidOperationException($"the transfer syntax {uid} is missing");

    private static IFrameEncoder EncoderFor(TransferSyntax syntax) => syntax.Uid switch
    {
        JpegLosslessFirstOrder => new JpegLosslessEncoder(),
        JpegLsLossless => new JpegLsEncoder(),
        RleLossless => new RleCodec(),
        _ => throw new ArgumentException($"samples are not written in {syntax}", nameof(syntax)),
    };

    private static FrameFormat FormatOf(DicomDataSet dataSet)
    {
        int Number(DicomTag tag) => dataSet.GetInt32(tag) ?? 0;

        return new FrameFormat
        {
            Rows = Number(DicomTags.Rows),
            Columns = Number(DicomTags.Columns),
            SamplesPerPixel = Number(DicomTags.SamplesPerPixel),
            BitsAllocated = Number(DicomTags.BitsAllocated),
            BitsStored = Number(DicomTags.BitsStored),
            HighBit = Number(DicomTags.HighBit),
            PhotometricInterpretation = dataSet.GetString(DicomTags.PhotometricInterpretation) ?? "",
        };
    }

    private static ByteSlice OffsetTable(List<byte[]> fragments)
    {
        var table = new byte[fragments.Count * 4];
        var offset = 0u;
        for (var frame = 0; frame < fragments.Count; frame++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(frame * 4), offset);
            offset += 8 + (uint)fragments[frame].Length;
        }

        return new ByteSlice(table);
    }
}
