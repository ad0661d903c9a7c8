namespace Smi.Extraction.CohortExtractor;

/// <summary>For trying out, as in the original's example: the identifier is the path of the file.</summary>
internal sealed class FakeFulfiller : IFulfiller
{
    public Task<IReadOnlyList<CandidateFile>> FindAsync(
        string keyTag, IReadOnlyList<string> identifiers, IReadOnlyList<string> modalities, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CandidateFile>>([.. identifiers.Select(identifier => new CandidateFile
        {
            Key = identifier,
            FilePath = identifier,
            StudyInstanceUid = "2",
            SeriesInstanceUid = "3",
            SopInstanceUid = "4",
        })]);
}
