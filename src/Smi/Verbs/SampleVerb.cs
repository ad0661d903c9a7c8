using System.CommandLine;
using Smi.Deid.Samples;
using Smi.Samples;

namespace Smi.Verbs;

internal static class SampleVerb
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "Where the files go; made when it is missing." };
    private static readonly Option<int> Seed = new("--seed") { HelpName = "N", Description = "Another number gives other patients.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Files = new("--files") { HelpName = "N", Description = "At least so many files, from as many hospitals as that needs.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Workflow = new("--workflow") { Description = "Lay out the example workflow: fileSystemRoot, extractRoot with extractme.csv, default.yaml, smi.key." };

    public static Command Create() => Verb.Create(
        "sample", "Writes a small synthetic hospital: invented patients with CT, MR, US, CR, XA, SC and SR files.", "smi sample hospital --seed 7",
        [Folder, Seed, Files, Workflow], (parsed, _) => Task.FromResult(Run(parsed)));

    private static int Run(ParseResult parsed)
    {
        var (folder, seed, files) = (parsed.GetRequiredValue(Folder), parsed.GetValue(Seed), parsed.GetValue(Files));
        if (parsed.GetValue(Workflow))
        {
            WorkflowSample.Write(folder, seed, files).Describe();
            return ExitCode.Done;
        }

        var count = 0;
        for (var hospital = 0; count < files; hospital++)
        {
            count += SampleHospital.Write(hospital == 0 ? folder : Path.Combine(folder, $"hospital-{hospital + 1}"), seed + hospital).Count;
        }

        Console.WriteLine($"{count} files in {folder}");
        return ExitCode.Done;
    }
}
