using System.CommandLine;
using Smi.Anonymise;
using Smi.Deid;
using Smi.Extraction.Settings;
using Smi.Services;

namespace Smi.Verbs;

internal static class AnonymiseVerb
{
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "A file or a folder." };
        var output = new Argument<string>("OUT") { Description = "The folder for the de-identified files; made when it is missing." };
        var tags = new Option<string>("--tags") { Description = "basic, the Basic Profile of PS3.15 (default), or a CTP script file." };
        var lookup = new Option<string>("--lookup") { Description = "The table that @lookup of the script reads." };
        var strict = new Option<bool>("--ctp-strict") { Description = "The original CTP's results, leaks included, for comparison only." };
        var retain = new Option<string>("--retain") { Description = "Of uids, device, institution, patient, full-dates, modified-dates, safe-private; commas between." };
        var clean = new Option<string>("--clean") { Description = "Of descriptors, structured-content, graphics, pixels, or none. Default: all." };
        var key = new Option<string>("--key") { Description = "A key file (smi new-key). Without one, pseudonyms match no other run." };
        var project = new Option<string>("--project") { Description = "The project that the pseudonyms belong to.", DefaultValueFactory = _ => "" };
        var names = new Option<string>("--names") { Description = "uid: pseudonymous file names. source: the paths of IN.", DefaultValueFactory = _ => "uid" };
        var mapping = new Option<string>("--mapping") { Description = "Write originals and replacements to this CSV file (mode 0600)." };
        var report = new Option<string>("--report") { Description = "Write one JSON line per input file (mode 0600)." };
        var jobs = new Option<int>("--jobs") { Description = "Files at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace outputs that have other content." };
        var yaml = new Option<string>("--yaml-file", "-y") { HelpName = "YAML", Description = "Settings: DeidOptions (where no option says otherwise) and PixelOptions." };
        names.AcceptOnlyFromAmong("uid", "source");
        return Verb.Create(
            "anonymise", "De-identifies a file or a folder into OUT. Nothing is written that was not verified.", "smi anonymise scans out --key smi.key --project 42",
            [input, output, tags, lookup, strict, retain, clean, key, project, names, mapping, report, jobs, overwrite, yaml],
            (parsed, cancellation) =>
            {
                var settings = parsed.GetValue(yaml) is { } path ? SettingsOption.Load(path) : null;
                return FolderRun.Execute(
                    new FolderOptions
                    {
                        Input = parsed.GetRequiredValue(input),
                        Output = parsed.GetRequiredValue(output),
                        Policy = Policy(settings, parsed.GetValue(tags), parsed.GetValue(retain), parsed.GetValue(clean), parsed.GetValue(lookup), parsed.GetValue(strict)),
                        KeyFile = parsed.GetValue(key) ?? settings?.Deid.KeyFile,
                        Project = parsed.GetValue(project) ?? "",
                        MirrorsPaths = parsed.GetValue(names) == "source",
                        MappingFile = parsed.GetValue(mapping),
                        ReportFile = parsed.GetValue(report),
                        Jobs = Math.Max(1, parsed.GetValue(jobs)),
                        Overwrite = parsed.GetValue(overwrite),
                    },
                    TimeProvider.System,
                    cancellation);
            });
    }

    /// <summary>The command line wins; what it says of tags it says alone, for a script's table or retained attributes do not go with another script.</summary>
    private static DeidPolicy Policy(SmiSettings? settings, string? tags, string? retain, string? clean, string? lookup, bool isStrict)
    {
        var deid = settings?.Deid ?? new DeidSettings();
        clean ??= deid.Clean.Count == 0 ? null : string.Join(',', deid.Clean);
        var policy = tags is null
            ? PolicyOptions.Parse(deid.Tags, retain ?? string.Join(',', deid.Retain), clean, lookup ?? deid.Lookup, isStrict || deid.CtpStrict)
            : PolicyOptions.Parse(tags, retain ?? "", clean, lookup, isStrict);
        if (settings is null)
        {
            return policy;
        }

        var pixels = PixelPolicyOptions.Load(settings.Pixels);
        PixelPolicyOptions.Warn(pixels);
        return policy with { Pixels = pixels };
    }
}
