using Smi.Deid.Samples;
using Smi.Dicom;

namespace Smi.Bench;

/// <summary>Makes the files that are measured: many small ones, CTs of 512×512, and multi-frame files of 52 MB.</summary>
internal static class Inputs
{
    private const int SmallCount = 500;
    private const int CtCount = 300;
    private const int MultiFrameCount = 8;
    private const int Frames = 100;
    private const int FrameLength = 512 * 512 * 2;
    private static readonly DicomTag NumberOfFrames = new(0x0028, 0x0008);

    /// <param name="folder">Gets the folders small, ct and multi-frame.</param>
    /// <param name="golden">A folder of small files to repeat; null takes those of the sample hospital.</param>
    public static int Write(string folder, string? golden)
    {
        var sources = golden is null ? Samples() : Readable(golden);
        for (var index = 0; index < SmallCount; index++)
        {
            Put(Path.Combine(folder, "small", $"{index / sources.Count}"), $"{index % sources.Count}.dcm", sources[index % sources.Count]);
        }

        var scan = SampleHospital.Make(1)[0];
        for (var index = 0; index < CtCount; index++)
        {
            Put(Path.Combine(folder, "ct", $"{index / 100}"), $"{index}.dcm", Image(scan, index, 1));
        }

        for (var index = 0; index < MultiFrameCount; index++)
        {
            Put(Path.Combine(folder, "multi-frame"), $"{index}.dcm", Image(scan, index, Frames));
        }

        return 0;
    }

    /// <summary>Small files of the sample hospital, in memory.</summary>
    public static List<byte[]> Samples() => [.. SampleHospital.Make(1).Select(BytesOf).Where(bytes => bytes.Length < 600_000)];

    private static List<byte[]> Readable(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(IsReadable)];

    private static bool IsReadable(byte[] bytes)
    {
        try
        {
            using var file = DicomFile.Parse(bytes);
            return !file.DataSet.Contains(DicomTags.DirectoryRecordSequence);
        }
        catch (DicomFormatException)
        {
            return false;
        }
    }

    private static byte[] Image(SampleFile scan, int number, int frames)
    {
        var image = scan.DataSet.Copy();
        image.SetString(DicomTags.SopInstanceUid, VR.UI, $"1.2.826.0.1.3680043.2.1125.{number + 1}.{frames}");
        image.Set(new ValueElement(DicomTags.Rows, VR.US, BitConverter.GetBytes((ushort)512)));
        image.Set(new ValueElement(DicomTags.Columns, VR.US, BitConverter.GetBytes((ushort)512)));
        if (frames > 1)
        {
            image.SetString(NumberOfFrames, VR.IS, $"{frames}");
        }

        // Noise of twelve bits: nothing that a disk or file system could pack.
        var samples = new byte[FrameLength * frames];
        new Random(number).NextBytes(samples);
        for (var high = 1; high < samples.Length; high += 2)
        {
            samples[high] &= 0x0F;
        }

        image.Set(new ValueElement(DicomTags.PixelData, VR.OW, samples));
        return BytesOf(new SampleFile { RelativePath = scan.RelativePath, DataSet = image, Syntax = scan.Syntax, Identifiers = scan.Identifiers });
    }

    private static byte[] BytesOf(SampleFile file)
    {
        using var bytes = new MemoryStream();
        file.Write(bytes);
        return bytes.ToArray();
    }

    private static void Put(string folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }
}
