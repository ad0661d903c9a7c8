using Smi.Anonymise;
using Smi.Deid.Pseudonyms;
using Smi.Extraction.Doctor;
using Smi.Extraction.Settings;
using Smi.Services;
using Smi.Verbs;

namespace Smi.Doctor;

/// <summary>What the settings say, without their secrets, and whether services would start with them.</summary>
internal static class SettingsChecks
{
    public const string Topic = "settings";

    public static IEnumerable<Check> Run(SmiSettings settings) =>
    [
        Check.Good(Topic, "file", Path.GetFullPath(settings.Path)),
        .. settings.Notes.Select(note => Check.Fact(Topic, "note", note)),
        Check.Fact(Topic, "policy", $"tags {settings.DicomAnonymiser.CtpAllowlistScript ?? settings.Deid.Tags ?? "basic"}; retain {Listed(settings.Deid.Retain, "nothing")}; clean {Listed(settings.Deid.Clean, "everything")}"),
        Check.Fact(Topic, "anonymiser", $"{settings.DicomAnonymiser.AnonymiserType ?? "the default"}, {settings.DicomAnonymiser.Parallelism} files at a time, {settings.DicomAnonymiser.Queue.Prefetch} messages in flight"),
        Check.Fact(Topic, "extractor", $"{settings.CohortExtractor.FulfillerType}, {settings.CohortExtractor.PathResolverType}"),
        Key(settings),
        .. Tables(settings),
        Starts("dicom-anonymiser would start", () => ServiceFactory.CheckAnonymiser(settings)),
        Starts("cohort-extractor would start", () => ServiceFactory.CheckExtractor(settings)),
    ];

    private static string Listed(IReadOnlyList<string> words, string none) => words.Count == 0 ? none : string.Join(", ", words);

    private static Check Key(SmiSettings settings)
    {
        if (settings.Deid.KeyFile is not { } file)
        {
            return Check.NoGo(Topic, "key", "DeidOptions.KeyFile is not set; make a key with: smi new-key smi.key");
        }

        try
        {
            return Check.Good(Topic, "key", $"{file}, fingerprint {MasterKey.Load(file).Fingerprint}");
        }
        catch (KeyFileException fault)
        {
            return Check.NoGo(Topic, "key", fault.Message);
        }
    }

    private static IEnumerable<Check> Tables(SmiSettings settings)
    {
        var choice = new PolicyChoice { Lookup = settings.Deid.Lookup, PatientIds = settings.Deid.PatientIds };
        return OriginalTables.Of(choice).Select(file => OriginalTables.Complaint(file) is { } complaint
            ? Check.Warning(Topic, "table of originals", complaint)
            : Check.Good(Topic, "table of originals", $"{file} is not for others"));
    }

    private static Check Starts(string name, Action check)
    {
        try
        {
            check();
            return Check.Good(Topic, name, "yes");
        }
        catch (Exception fault) when (fault is UsageException or KeyFileException)
        {
            return Check.NoGo(Topic, name, fault.Message);
        }
    }
}
