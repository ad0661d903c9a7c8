using System.CommandLine;
using Smi.Anonymise;
using Smi.Services;

namespace Smi.Verbs;

internal static class AnonymiseVerb
{
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "A file or a folder." };
        var output = new Argument<string>("OUT") { Description = "The folder for the de-identified files; made when it is missing." };
        var policy = new PolicyArguments();
        var key = new Option<string>("--key") { HelpName = "FILE", Description = "A key file (smi new-key). Without one, pseudonyms match no other run." };
        var project = new Option<string>("--project") { HelpName = "PROJECT", Description = "The project that the pseudonyms belong to.", DefaultValueFactory = _ => "" };
        var names = new Option<string>("--names") { Description = "uid: pseudonymous file names. source: the paths of IN.", DefaultValueFactory = _ => "uid" };
        var mapping = new Option<string>("--mapping") { HelpName = "CSV", Description = "Write originals and replacements to this CSV file (mode 0600)." };
        var report = new Option<string>("--report") { HelpName = "FILE", Description = "Write one JSON line per input file (mode 0600)." };
        var jobs = new Option<int>("--jobs") { HelpName = "N", Description = "Files at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace outputs that have other content." };
        names.AcceptOnlyFromAmong("uid", "source");
        return Verb.Create(
            "anonymise", "De-identifies a file or a folder into OUT. Nothing is written that was not verified.", "smi anonymise scans out --key smi.key --project 42",
            [input, output, .. policy.All, key, project, names, mapping, report, jobs, overwrite],
            async (parsed, cancellation) =>
            {
                var settings = policy.Settings(parsed);
                using var tools = settings is null ? null : ServiceFactory.ToolsOf(settings, new ToolTrouble(Console.Error));
                var choice = policy.Choose(parsed, settings);
                var options = new FolderOptions
                {
                    Input = parsed.GetRequiredValue(input),
                    Output = parsed.GetRequiredValue(output),
                    Policy = PolicyOptions.Parse(choice),
                    KeyFile = parsed.GetValue(key) ?? settings?.Deid.KeyFile,
                    Project = parsed.GetValue(project) ?? "",
                    MirrorsPaths = parsed.GetValue(names) == "source",
                    MappingFile = parsed.GetValue(mapping),
                    ReportFile = parsed.GetValue(report),
                    Jobs = Math.Max(1, parsed.GetValue(jobs)),
                    Overwrite = parsed.GetValue(overwrite),
                    Tools = tools,
                };
                if (options.Policy.IsStrictCtp && tools is not null)
                {
                    throw new UsageException("strict mode compares our own engine with the original; leave external tools out of the settings");
                }

                PolicyOptions.TellWarnings(options.Policy, choice);
                return await FolderRun.Execute(options, TimeProvider.System, cancellation);
            });
    }
}
