using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Gallery;

/// <summary>Data sets with the Image Pixel Module and Pixel Data, native or in the fragments of an encoder of this program.</summary>
internal static class ImageMaking
{
    private const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

    public static FrameFormat Gray(string interpretation = "MONOCHROME2", int allocated = 8, int stored = 8, bool isSigned = false) => new()
    {
        Rows = Scene.Rows,
        Columns = Scene.Columns,
        SamplesPerPixel = 1,
        BitsAllocated = allocated,
        BitsStored = stored,
        HighBit = stored - 1,
        IsSigned = isSigned,
        PhotometricInterpretation = interpretation,
    };

    public static FrameFormat Colour(string interpretation, int planar = 0, int bits = 8) =>
        Gray(interpretation, bits, bits) with { SamplesPerPixel = 3, PlanarConfiguration = planar };

    /// <param name="format">As it is declared.</param>
    /// <param name="frames">Stored bytes, in the layout that the format says.</param>
    public static DicomDataSet Native(FrameFormat format, params byte[][] frames)
    {
        var dataSet = new DicomDataSet();
        dataSet.SetString(DicomTags.SopClassUid, VR.UI, SecondaryCapture);
        dataSet.SetString(DicomTags.Modality, VR.CS, "OT");
        dataSet.SetString(DicomTags.Manufacturer, VR.LO, "ACME");
        ImagePixelModule.Declare(dataSet, format, frames.Length);
        dataSet.Set(new ValueElement(DicomTags.PixelData, format.BitsAllocated > 8 ? VR.OW : VR.OB, frames.SelectMany(frame => frame).ToArray()));
        return dataSet;
    }

    public static DicomDataSet Encapsulated(FrameFormat format, params byte[][] codestreams)
    {
        var dataSet = Native(format, codestreams);
        dataSet.Set(new EncapsulatedElement(
            DicomTags.PixelData,
            [new ByteSlice(Array.Empty<byte>()), .. codestreams.Select(codestream => new ByteSlice(codestream.Length % 2 == 0 ? codestream : [.. codestream, 0]))]));
        return dataSet;
    }

    public static DicomDataSet Encoded(FrameFormat format, TransferSyntax syntax, params byte[][] frames)
    {
        var encoder = TransferSyntaxCodecs.FindEncoder(syntax) ?? throw new ArgumentException("there is no encoder", nameof(syntax));
        return Encapsulated(format, [.. frames.Select(frame => encoder.Encode(frame, format))]);
    }

    /// <summary>Values of 0 … 1 as integers from <paramref name="black"/> to <paramref name="white"/>, little endian.</summary>
    public static byte[] Samples(double[] values, int bytes, int black, int white)
    {
        var samples = new byte[values.Length * bytes];
        for (var i = 0; i < values.Length; i++)
        {
            var value = black + (int)Math.Round((white - black) * values[i]);
            for (var part = 0; part < bytes; part++)
            {
                samples[(i * bytes) + part] = (byte)(value >> (8 * part));
            }
        }

        return samples;
    }

    /// <summary>Three bytes a pixel: the body a little yellow, the text white.</summary>
    public static byte[] Rgb(double[] values) =>
        [.. values.SelectMany(value => new[] { Byte(value), Byte(value * (value > 0.95 ? 1 : 0.92)), Byte(value * (value > 0.95 ? 1 : 0.7)) })];

    /// <summary>PS3.3 C.7.6.3.1.2.</summary>
    public static byte[] ToYbr(byte[] rgb)
    {
        var ybr = new byte[rgb.Length];
        for (var i = 0; i < rgb.Length; i += 3)
        {
            double red = rgb[i], green = rgb[i + 1], blue = rgb[i + 2];
            ybr[i] = (byte)Math.Round((0.299 * red) + (0.587 * green) + (0.114 * blue));
            ybr[i + 1] = (byte)Math.Clamp(Math.Round((-0.1687 * red) - (0.3313 * green) + (0.5 * blue) + 128), 0, 255);
            ybr[i + 2] = (byte)Math.Clamp(Math.Round((0.5 * red) - (0.4187 * green) - (0.0813 * blue) + 128), 0, 255);
        }

        return ybr;
    }

    public static byte[] Planes(byte[] pixels, int bits = 8) =>
        [.. Enumerable.Range(0, 3).SelectMany(channel => pixels.Chunk(bits / 8).Where((_, i) => i % 3 == channel).SelectMany(sample => sample))];

    /// <summary>Bytes as samples of more bits, little endian: the same share of the range, and of colour differences the same share beside their middle.</summary>
    public static byte[] Wide(byte[] pixels, int bits, bool isYbr = false)
    {
        var (largest, middle) = ((1L << bits) - 1, 1L << (bits - 1));
        long Widened(byte value, int component) => isYbr && component > 0 ? Math.Clamp(middle + ((value - 128) * (largest / 255)), 0, largest) : value * (largest / 255);
        return [.. pixels.SelectMany((value, i) => BitConverter.GetBytes(Widened(value, i % 3)).Take(bits / 8))];
    }

    /// <summary>Two pixels share the chroma of the first.</summary>
    public static byte[] SharedChroma(byte[] ybr) =>
        [.. ybr.Chunk(6).SelectMany(pair => new[] { pair[0], pair[3], pair[1], pair[2] })];

    private static byte Byte(double value) => (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
}
