namespace Smi.Deid;

/// <summary>One step of de-identification: reads the original data set, writes to the edited one.</summary>
public interface IDeidStage
{
    /// <summary>One word for reports and metrics: tags, reports, pixels.</summary>
    string Name { get; }

    /// <summary>Does its part, or says why this file cannot be let out. A file it does not concern it leaves alone.</summary>
    /// <exception cref="Smi.Dicom.DicomFormatException">The bytes are not what the standard allows; the file is refused.</exception>
    Refusal? Apply(DeidContext context, CancellationToken cancellation);
}
