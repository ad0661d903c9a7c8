using Smi.Deid.Pseudonyms;

namespace Smi.Extraction.CohortExtractor;

/// <summary>Where a file goes within its extraction directory, by the resolver that the settings name.</summary>
internal static class PathResolvers
{
    public const string Pseudonymous = "PseudonymousProjectPathResolver";

    private delegate string Resolver(CandidateFile file, Messaging.Messages.Extraction job);

    private static readonly Dictionary<string, Resolver> ByName = new(StringComparer.Ordinal)
    {
        ["StudySeriesOriginalFilenameProjectPathResolver"] = (file, job) => Join(file, OriginalName(file) + Extension(job, "-an")),
        ["DefaultProjectPathResolver"] = (file, job) => Join(file, OriginalName(file) + Extension(job, "-an")),
        ["StudySeriesSOPProjectPathResolver"] = (file, job) => Join(file, Or(file.SopInstanceUid) + Extension(job, "-an")),
        ["NoSuffixProjectPathResolver"] = (file, job) => Join(file, OriginalName(file) + Extension(job, "")),
    };

    public static IEnumerable<string> Names => ByName.Keys.Append(Pseudonymous);

    public static bool Knows(string name) => Names.Contains(name);

    /// <summary>True when original UIDs or file names become part of output paths.</summary>
    public static bool PutsOriginalsIntoPaths(string name) => name != Pseudonymous;

    public static string Resolve(string name, CandidateFile file, Messaging.Messages.Extraction job) => ByName[name](file, job);

    private static string Join(CandidateFile file, string name) => $"{Or(file.StudyInstanceUid)}/{Or(file.SeriesInstanceUid)}/{name}";

    private static string Or(string? uid) => string.IsNullOrWhiteSpace(uid) ? "unknown" : uid.Trim();

    private static string Extension(Messaging.Messages.Extraction job, string suffix) => job.IsIdentifiable ? ".dcm" : $"{suffix}.dcm";

    /// <summary>The file's own name without .dcm or .dicom; any other ending stays.</summary>
    private static string OriginalName(CandidateFile file)
    {
        var name = file.FilePath.Replace('\\', '/').Split('/')[^1];
        foreach (var ending in (string[])[".dcm", ".dicom"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }

    /// <summary>The UIDs that the anonymised files will have themselves; nothing of the original reaches the path.</summary>
    public static string Hide(CandidateFile file, Messaging.Messages.Extraction job, Pseudonymiser pseudonyms)
    {
        var name = string.IsNullOrWhiteSpace(file.SopInstanceUid) ? pseudonyms.Token("file", file.FilePath) : pseudonyms.Uid(file.SopInstanceUid);
        return $"{Hidden(file.StudyInstanceUid, pseudonyms)}/{Hidden(file.SeriesInstanceUid, pseudonyms)}/{name}{Extension(job, "-an")}";
    }

    private static string Hidden(string? uid, Pseudonymiser pseudonyms) => string.IsNullOrWhiteSpace(uid) ? "unknown" : pseudonyms.Uid(uid.Trim());
}
