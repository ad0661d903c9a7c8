namespace Smi.Extraction.CohortExtractor;

/// <summary>Finds the files of identifiers. Fails, and is tried again, when its source is gone; never leaves a file out instead.</summary>
internal interface IFulfiller
{
    /// <param name="keyTag">SOPInstanceUID, SeriesInstanceUID or StudyInstanceUID.</param>
    /// <param name="identifiers">Distinct identifiers of that kind.</param>
    /// <param name="modalities">Empty: all.</param>
    /// <param name="cancellation">Ends the work.</param>
    Task<IReadOnlyList<CandidateFile>> FindAsync(string keyTag, IReadOnlyList<string> identifiers, IReadOnlyList<string> modalities, CancellationToken cancellation);
}
