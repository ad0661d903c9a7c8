using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Codecs.Jpeg2000;
using Smi.Dicom.Codecs.JpegLs;

namespace Smi.Dicom.Codecs;

/// <summary>Which codec serves which transfer syntax (PS3.5 A.4). A syntax that is not here cannot be decoded, and its files are refused.</summary>
public static class TransferSyntaxCodecs
{
    public const string RleLossless = "1.2.840.10008.1.2.5";
    public const string JpegBaseline = "1.2.840.10008.1.2.4.50";
    public const string JpegExtended = "1.2.840.10008.1.2.4.51";
    public const string JpegSpectralSelection = "1.2.840.10008.1.2.4.53";
    public const string JpegFullProgression = "1.2.840.10008.1.2.4.55";
    public const string JpegLossless = "1.2.840.10008.1.2.4.57";
    public const string JpegLosslessFirstOrder = "1.2.840.10008.1.2.4.70";
    public const string JpegLsLossless = "1.2.840.10008.1.2.4.80";
    public const string JpegLsNearLossless = "1.2.840.10008.1.2.4.81";
    public const string Jpeg2000Lossless = "1.2.840.10008.1.2.4.90";
    public const string Jpeg2000 = "1.2.840.10008.1.2.4.91";

    /// <summary>Null for native syntaxes and for those that are not understood.</summary>
    public static IFrameDecoder? FindDecoder(TransferSyntax syntax) => syntax.Uid switch
    {
        RleLossless => new RleCodec(),
        JpegBaseline or JpegExtended or JpegSpectralSelection or JpegFullProgression or JpegLossless or JpegLosslessFirstOrder => new JpegDecoder(),
        JpegLsLossless or JpegLsNearLossless => new JpegLsDecoder(),
        Jpeg2000Lossless or Jpeg2000 => new Jpeg2000Decoder(),
        _ => null,
    };

    /// <summary>Null where a frame cannot be written back without loss in that syntax.</summary>
    public static IFrameEncoder? FindEncoder(TransferSyntax syntax) => syntax.Uid switch
    {
        RleLossless => new RleCodec(),
        JpegLossless or JpegLosslessFirstOrder => new JpegLosslessEncoder(),
        JpegLsLossless => new JpegLsEncoder(),
        Jpeg2000Lossless => new Jpeg2000Encoder(),
        _ => null,
    };

    /// <summary>True where the syntax says that samples were lost; JPEG 2000 may be either and counts as lossy.</summary>
    public static bool IsLossy(TransferSyntax syntax) => syntax.Uid is
        JpegBaseline or JpegExtended or JpegSpectralSelection or JpegFullProgression or JpegLsNearLossless or Jpeg2000;

    /// <summary>Discrete cosine transform, sequential or progressive.</summary>
    internal static bool IsLossyJpeg(TransferSyntax syntax) => syntax.Uid is JpegBaseline or JpegExtended or JpegSpectralSelection or JpegFullProgression;

    /// <summary>Bits of a sample as the codestream itself says; null where it does not, in RLE.</summary>
    /// <exception cref="DicomFormatException">The codestream is damaged.</exception>
    internal static int? FindPrecision(TransferSyntax syntax, ReadOnlySpan<byte> codestream) => syntax.Uid switch
    {
        RleLossless => null,
        Jpeg2000Lossless or Jpeg2000 => Jpeg2000Codestream.Precision(codestream),
        _ => JpegFrameHeader.FindPrecision(codestream),
    };

    /// <summary>
    /// The codestream without comments, application segments and bytes that no sample comes from; it decodes to the same samples.
    /// </summary>
    /// <exception cref="DicomFormatException">The codestream is damaged.</exception>
    public static byte[] RemoveMetadata(TransferSyntax syntax, ReadOnlySpan<byte> codestream, in FrameFormat format) => syntax.Uid switch
    {
        JpegLsLossless or JpegLsNearLossless => JpegLsCodestream.WithoutComments(codestream),
        Jpeg2000Lossless or Jpeg2000 => Jpeg2000Codestream.WithoutComments(codestream),
        RleLossless => new RleCodec().WithoutSlack(codestream, format),
        _ when FindDecoder(syntax) is JpegDecoder => JpegMetadata.Remove(codestream),
        _ => throw new DicomFormatException("frames of this transfer syntax are not understood"),
    };
}
