namespace Smi.Extraction.CohortExtractor;

/// <summary>RejectorType RejectAll: for trying out everything but the extraction itself.</summary>
internal sealed class RejectAll : IRejector
{
    public Task<IReadOnlyList<string?>> RejectAsync(IReadOnlyList<CandidateFile> files, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string?>>([.. files.Select(_ => "Rejector is RejectAll")]);
}
