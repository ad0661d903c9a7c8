namespace Smi.Extraction.CohortExtractor;

/// <summary>Finds files in the index that `smi index` made.</summary>
internal sealed class IndexFulfiller(string indexFile) : IFulfiller
{
    private const int KeysAtOnce = 1000;

    public Task<IReadOnlyList<CandidateFile>> FindAsync(
        string keyTag, IReadOnlyList<string> identifiers, IReadOnlyList<string> modalities, CancellationToken cancellation)
    {
        using var index = new DicomIndex(indexFile);
        var files = new List<CandidateFile>();
        foreach (var keys in identifiers.Chunk(KeysAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            files.AddRange(index.Find(keyTag, keys).Select(found => Candidate(found.Key, found.Entry)));
        }

        return Task.FromResult<IReadOnlyList<CandidateFile>>(
            [.. files.Where(file => modalities.Count == 0 || file.Modality is null || modalities.Contains(file.Modality, StringComparer.OrdinalIgnoreCase))]);
    }

    private static CandidateFile Candidate(string key, IndexEntry entry) => new()
    {
        Key = key,
        FilePath = entry.Path,
        StudyInstanceUid = entry.StudyInstanceUid,
        SeriesInstanceUid = entry.SeriesInstanceUid,
        SopInstanceUid = entry.SopInstanceUid,
        Modality = entry.Modality,
        Columns = Columns(entry),
    };

    // The names that SmiServices' image tables have, so that rules written for them work here.
    private static Dictionary<string, object?> Columns(IndexEntry entry) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["RelativeFileArchiveURI"] = entry.Path,
        ["StudyInstanceUID"] = entry.StudyInstanceUid,
        ["SeriesInstanceUID"] = entry.SeriesInstanceUid,
        ["SOPInstanceUID"] = entry.SopInstanceUid,
        ["SOPClassUID"] = entry.SopClassUid,
        ["Modality"] = entry.Modality,
        ["ImageType"] = entry.ImageType,
        ["PatientID"] = entry.PatientId,
        ["IsOriginal"] = HasType(entry, "ORIGINAL"),
        ["IsPrimary"] = HasType(entry, "PRIMARY"),
    };

    private static bool HasType(IndexEntry entry, string type) => entry.ImageType?.Split('\\').Contains(type, StringComparer.OrdinalIgnoreCase) == true;
}
