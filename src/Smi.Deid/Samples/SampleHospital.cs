using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>
/// A small synthetic hospital: invented patients with names in sixteen repertoires, images and reports of seven modalities in
/// several transfer syntaxes, identifiers wherever real files have them. The same seed gives the same bytes everywhere.
/// </summary>
public static class SampleHospital
{
    /// <summary>Writes every file below the folder, which is made when it is missing, and gives what was written.</summary>
    public static IReadOnlyList<SampleFile> Write(string directory, int seed)
    {
        var files = Make(seed);
        foreach (var file in files)
        {
            var path = Path.Combine(directory, file.RelativePath);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? directory);
            using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
            file.Write(target);
        }

        return files;
    }

    /// <summary>The same files in memory.</summary>
    public static IReadOnlyList<SampleFile> Make(int seed)
    {
        var patients = SamplePatient.All(seed);
        SampleStudy Study(int patient, string modality, string? examination = null) => new(patients[patient - 1], modality, seed, examination);

        var (explicitLittle, implicitLittle) = (TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian);
        var (big, deflated) = (TransferSyntax.ExplicitBigEndian, TransferSyntax.DeflatedExplicitLittleEndian);
        var (rle, jpeg, jpegLs) = (SampleCompression.Rle, SampleCompression.JpegLossless, SampleCompression.JpegLs);
        var scans = TomographySamples.Ct(Study(1, "CT"), 6, explicitLittle).ToList();
        var radiograph = ProjectionSamples.Radiograph(Study(8, "CR"), jpeg);
        return
        [
            .. scans,
            ReportSamples.On(Study(1, "SR", "CT"), scans[0], deflated),
            .. TomographySamples.Ct(Study(2, "CT"), 3, implicitLittle),
            ColourSamples.Capture(Study(2, "SC", "CT"), explicitLittle, TomographySamples.CtImageStorage, Study(2, "CT").InstanceUid(1, 1)),
            .. TomographySamples.Mr(Study(3, "MR"), 4, big),
            .. TomographySamples.Mr(Study(4, "MR"), 5, jpegLs),
            ColourSamples.Ultrasound(Study(5, "US"), 1, explicitLittle),
            ColourSamples.Ultrasound(Study(6, "US"), 3, rle),
            ProjectionSamples.Radiograph(Study(7, "CR"), implicitLittle),
            radiograph,
            ReportSamples.On(Study(8, "SR", "CR"), radiograph, explicitLittle),
            ProjectionSamples.Angiogram(Study(9, "XA"), 8, hasText: false, explicitLittle),
            ProjectionSamples.Angiogram(Study(10, "XA"), 6, hasText: true, implicitLittle),
            .. TomographySamples.Ct(Study(11, "CT"), 2, deflated),
            ColourSamples.Capture(Study(12, "SC"), explicitLittle),
            ReportSamples.Text(Study(13, "SR"), implicitLittle),
            ReportSamples.Text(Study(14, "SR"), explicitLittle),
            .. TomographySamples.Mr(Study(15, "MR"), 2, deflated),
            ColourSamples.Ultrasound(Study(16, "US"), 1, big),
        ];
    }
}
