namespace Smi.Extraction.CohortExtractor;

/// <summary>Decides whether a file may be extracted.</summary>
internal interface IRejector
{
    /// <summary>For each file the reason why not, or null. In the order of the files.</summary>
    Task<IReadOnlyList<string?>> RejectAsync(IReadOnlyList<CandidateFile> files, CancellationToken cancellation);
}
