using System.ComponentModel;
using System.Diagnostics;
using Smi.Dicom;

namespace Smi.Gallery;

/// <summary>Syntaxes that this program does not write, by DCMTK and GDCM; left out where these are not installed.</summary>
internal static class ForeignEncoder
{
    private static readonly (string Title, string Program, string[] Options, bool IsColour, int Grid)[] s_encoders =
    [
        ("JPEG extended 12 bits", "dcmcjpeg", ["+ee"], false, 8),
        ("JPEG-LS near-lossless", "dcmcjpls", ["+en", "+md", "3"], false, 0),
        ("JPEG 2000 lossy", "gdcmconv", ["--j2k", "--lossy", "--irreversible", "-q", "60"], true, 0),
        ("progressive JPEG", "dcmcjpeg", ["+ep"], true, 0),
    ];

    public static IEnumerable<GalleryCase> All(string sheet)
    {
        foreach (var (title, program, options, isColour, grid) in s_encoders)
        {
            var dataSet = isColour
                ? ImageMaking.Native(ImageMaking.Colour("RGB"), ImageMaking.Rgb(Scene.WithText()))
                : ImageMaking.Native(ImageMaking.Gray(allocated: 16, stored: 12), ImageMaking.Samples(Scene.WithText(), 2, 0, 4095));
            if (Encode(dataSet, program, options) is { } encoded)
            {
                yield return new GalleryCase(title, sheet, encoded.DataSet, encoded.TransferSyntax) { Hidden = Scene.Lines, Grid = grid };
            }
        }
    }

    private static DicomFile? Encode(DicomDataSet dataSet, string program, string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("gallery-").FullName;
        try
        {
            var (source, target) = (Path.Combine(folder, "native.dcm"), Path.Combine(folder, "encoded.dcm"));
            WriteSource(dataSet, source);
            string[] arguments = program == "gdcmconv" ? [.. options, "-i", source, "-o", target] : [.. options, source, target];
            return Run(program, arguments) && File.Exists(target) ? DicomFile.Parse(File.ReadAllBytes(target)) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteSource(DicomDataSet dataSet, string path)
    {
        var complete = dataSet.Copy();
        complete.SetString(DicomTags.SopInstanceUid, VR.UI, "2.25.1");
        var meta = new DicomDataSet();
        meta.SetString(DicomTags.MediaStorageSopClassUid, VR.UI, complete.GetString(DicomTags.SopClassUid) ?? "");
        meta.SetString(new DicomTag(0x00020003), VR.UI, "2.25.1");
        using var file = File.Create(path);
        DicomWriter.WriteFile(file, meta, TransferSyntax.ExplicitLittleEndian, complete);
    }

    private static bool Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
            process?.StandardError.ReadToEnd();
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
