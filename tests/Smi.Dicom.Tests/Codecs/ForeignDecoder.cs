using System.ComponentModel;
using System.Diagnostics;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>DCMTK and GDCM, as second opinions about compressed files.</summary>
internal static class ForeignDecoder
{
    /// <summary>Pixel Data as the program decodes it, native little endian; null when it refuses the file.</summary>
    public static byte[]? Decode(string program, string path)
    {
        var target = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            string[] arguments = program switch
            {
                "gdcmconv" => ["--raw", "-i", path, "-o", target],
                // As stored: no colour conversion by what DCMTK thinks is meant.
                "dcmdjpeg" => ["+cn", path, target],
                _ => [path, target],
            };
            if (!Run(program, arguments) || !File.Exists(target))
            {
                return null;
            }

            using var file = DicomFile.Open(target);
            using var raw = new MemoryStream();
            RawPixels.Write(file.DataSet, file.TransferSyntax, raw);
            return raw.ToArray();
        }
        finally
        {
            File.Delete(target);
        }
    }

    public static byte[]? Decode(string program, DicomDataSet image, TransferSyntax syntax)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var meta = new DicomDataSet();
            meta.SetString(DicomTags.MediaStorageSopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
            meta.SetString(new DicomTag(0x00020003), VR.UI, "2.25.1");
            using (var file = File.Create(path))
            {
                DicomWriter.WriteFile(file, meta, syntax, image);
            }

            return Decode(program, path);
        }
        finally
        {
            File.Delete(path);
        }
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
            Assert.Skip($"{program} is not installed (apt-get install dcmtk libgdcm-tools)");
            return false;
        }
    }
}
