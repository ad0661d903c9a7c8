using System.CommandLine;
using Smi.Doctor;
using Smi.Services;

namespace Smi.Verbs;

internal static class DoctorVerb
{
    private static readonly Option<string> Yaml = SettingsOption.Create();
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of text." };
    private static readonly Option<string> Html = new("--html") { HelpName = "FILE", Description = "The report as a page too." };

    public static Command Create() => Verb.Create(
        "doctor", "Checks a machine and its settings before it goes live, without internet, and ends with a synthetic extraction. Exit code 0: go; 2: no-go.",
        "smi doctor -y default.yaml --html doctor.html", [Yaml, Json, Html], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = arguments.GetValue(Yaml) is null ? null : SettingsOption.Load(arguments, Yaml);
        var report = await Examination.RunAsync(settings, TimeProvider.System, cancellation);
        if (arguments.GetValue(Html) is { } page)
        {
            await File.WriteAllTextAsync(page, DoctorPage.Render(report), cancellation);
        }

        if (arguments.GetValue(Json))
        {
            Console.WriteLine(DoctorJson.Write(report));
        }
        else
        {
            DoctorText.Print(report);
        }

        return report.IsGo ? ExitCode.Done : ExitCode.Refused;
    }
}
