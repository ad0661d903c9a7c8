using System.Globalization;
using Smi.Extraction.IsIdentifiable;

namespace Smi.Extraction.CohortPackager;

/// <summary>Everything that the reports of one job say. A class without a printing ToString: paths and found words are in it.</summary>
internal sealed class JobFacts
{
    public required JobRecord Job { get; init; }

    public required JobProgress Progress { get; init; }

    public required string CompletedAt { get; init; }

    public required IReadOnlyList<string[]> Rejections { get; init; }

    public required IReadOnlyList<string[]> Errors { get; init; }

    public required IReadOnlyList<ValueFailure> Failures { get; init; }

    /// <summary>Files that are there and in which nothing was found.</summary>
    public required long Good { get; init; }

    /// <summary>Files in which the verification found something.</summary>
    public required int Identifiable { get; init; }

    /// <summary>Some of the extracted files, to look at; none of an identifiable extraction.</summary>
    public required IReadOnlyList<JobPicture> Pictures { get; init; }

    /// <summary>What a data manager must know before a release, in plain sentences.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    public long Rejected => Rejections.Sum(Count);

    /// <summary>How many files a row of <see cref="Rejections"/> stands for.</summary>
    public static long Count(string[] rejection) => long.Parse(rejection[1], CultureInfo.InvariantCulture);

    /// <summary>The original's lines in its order and form, times in UTC, and ours below them.</summary>
    public IEnumerable<(string Name, string Value)> Lines()
    {
        var (submitted, completed) = (Time(Job.SubmittedAt), Time(CompletedAt));
        yield return ("Job submitted at", submitted.ToString("s", CultureInfo.InvariantCulture));
        yield return ("Job completed at", completed.ToString("s", CultureInfo.InvariantCulture));
        yield return ("Job duration", (completed - submitted).ToString("c", CultureInfo.InvariantCulture));
        yield return ("Job extraction id", Job.Identifier.ToString("D"));
        yield return ("Extraction tag", Job.KeyTag ?? "");
        yield return ("Extraction modality", Job.Modality ?? "Unspecified");
        yield return ("Requested identifier count", Number(Job.KeyCount ?? 0));
        yield return ("User name", Job.UserName ?? "");
        yield return ("Identifiable extraction", Job.IsIdentifiable ? "Yes" : "No");
        yield return ("Filtered extraction", Job.IsNoFilter ? "No" : "Yes");
        yield return ("Pooled extraction", Job.IsPooled ? "Yes" : "No");
        yield return ("Files requested", Number(Progress.Files));
        yield return ("Files extracted", Number(Good));
        yield return ("Files rejected", Number(Rejected));
        yield return ("Files failed", Number(Errors.Count));
        yield return ("Files with findings", Number(Identifiable));
    }

    private static DateTime Time(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
