using Smi.Deid.Files;
using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>One file of the synthetic hospital, with what a test wants to know of it.</summary>
public sealed class SampleFile
{
    /// <summary>Below the folder of the hospital, with <c>/</c> between folders.</summary>
    public required string RelativePath { get; init; }

    public required DicomDataSet DataSet { get; init; }

    public required TransferSyntax Syntax { get; init; }

    /// <summary>Where text is burned in, in reading order of each frame.</summary>
    public IReadOnlyList<SampleText> BurnedInText { get; init; } = [];

    /// <summary>Words and numbers that identify the patient and that no attribute of a de-identified copy may hold.</summary>
    public required IReadOnlyList<string> Identifiers { get; init; }

    public void Write(Stream target)
    {
        var meta = FileMetaInformation.For(DataSet);
        meta.SetString(new DicomTag(0x0002, 0x0016), VR.AE, "SAMPLE_STORE");
        DicomWriter.WriteFile(target, meta, Syntax, DataSet);
    }
}
