using System.CommandLine;
using Smi.Extraction.CohortPackager;
using Smi.Verbs;

namespace Smi.Services;

internal static class CohortPackagerVerb
{
    private static readonly Option<string> Yaml = SettingsOption.Create();
    private static readonly Option<Guid?> Recreate = new("--recreate-reports", "-r") { HelpName = "JOB", Description = "Write the reports of a complete job again, and end." };

    public static Command Create() =>
        Verb.Create("cohort-packager", "Gathers what became of every file, and writes the reports of complete jobs.", "smi cohort-packager -y default.yaml -r ba5415bf-4a74-4f8d-b5df-09b601cc574d", [Yaml, Recreate], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = SettingsOption.Load(arguments, Yaml);
        if (arguments.GetValue(Recreate) is not { } job)
        {
            return await ServiceRun.RunAsync(settings, CohortPackagerService.ServiceName, context => [new CohortPackagerService(context)], cancellation);
        }

        var folder = await CohortPackagerService.RecreateAsync(settings, job, TimeProvider.System, cancellation)
            ?? throw new UsageException($"job {job} is not known, or not complete yet; see smi status");
        Console.WriteLine(folder);
        return ExitCode.Done;
    }
}
