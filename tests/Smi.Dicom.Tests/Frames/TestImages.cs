using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Frames;

/// <summary>Small images in every layout, made here.</summary>
internal static class TestImages
{
    public static DicomDataSet DataSet(FrameFormat format, int frames)
    {
        var dataSet = new DicomDataSet();
        ImagePixelModule.Declare(dataSet, format with { HighBit = format.BitsStored - 1 }, frames);
        return dataSet;
    }

    public static FrameFormat Format(int rows, int columns, int samples, int bits, string photometricInterpretation, int planar = 0) => new()
    {
        Rows = rows,
        Columns = columns,
        SamplesPerPixel = samples,
        BitsAllocated = bits,
        BitsStored = bits,
        HighBit = bits - 1,
        PlanarConfiguration = planar,
        PhotometricInterpretation = photometricInterpretation,
    };

    /// <summary>Decoded samples that differ from frame to frame.</summary>
    public static byte[] Samples(FrameFormat format, int frame)
    {
        var samples = new byte[format.FrameLength];
        new Random(frame).NextBytes(samples);
        if (format.BitsAllocated == 1)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] &= 1;
            }
        }

        return samples;
    }

    public static TransferSyntax Syntax(string uid) =>
        TransferSyntax.Find(uid) ?? throw new InvalidOperationException("The syntax is not registered.");

    /// <summary>Encapsulated Pixel Data: the offset table and fragments given.</summary>
    public static void Encapsulate(DicomDataSet dataSet, byte[] offsetTable, IEnumerable<byte[]> fragments) =>
        dataSet.Set(new EncapsulatedElement(
            DicomTags.PixelData,
            [new ByteSlice(offsetTable), .. fragments.Select(fragment => new ByteSlice(fragment.Length % 2 == 0 ? fragment : [.. fragment, 0]))]));

    /// <summary>Written and read again, as explicit little endian, big endian or encapsulated.</summary>
    public static DicomFile WriteAndRead(DicomDataSet dataSet, TransferSyntax syntax)
    {
        using var stream = new MemoryStream();
        DicomWriter.WriteFile(stream, new DicomDataSet(), syntax, dataSet);
        return DicomFile.Parse(stream.ToArray());
    }

    public static byte[][] ReadAll(FrameReader reader) => [.. Enumerable.Range(0, reader.FrameCount).Select(reader.Read)];
}
