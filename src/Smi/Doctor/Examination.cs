using Smi.Extraction.Doctor;
using Smi.Extraction.Settings;

namespace Smi.Doctor;

/// <summary>Everything that is looked at before a machine goes live, from the machine itself to a synthetic extraction through the settings' own policy.</summary>
internal static class Examination
{
    /// <summary>With a fault under these the services do not start or do no file, and an extraction would only say so again.</summary>
    private static readonly string[] StopsExtraction = [SettingsChecks.Topic, LibraryChecks.Topic, ToolChecks.Topic];

    /// <param name="settings">Null: the machine alone, and the extraction with the program's own defaults.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends the examination.</param>
    public static async Task<DoctorReport> RunAsync(SmiSettings? settings, TimeProvider clock, CancellationToken cancellation)
    {
        var checks = new List<Check>([.. MachineChecks.Run(clock), .. LibraryChecks.Run()]);
        if (settings is not null)
        {
            checks.AddRange(SettingsChecks.Run(settings));
            checks.AddRange(FolderChecks.Run(settings, cancellation));
            checks.AddRange(ToolChecks.Run(settings.Tools, cancellation));
            checks.AddRange(await BrokerChecks.RunAsync(settings, clock, cancellation));
            checks.AddRange(await DatabaseChecks.RunAsync(settings, cancellation));
        }

        if (settings is null || checks.All(check => check.Verdict != Verdict.NoGo || !StopsExtraction.Contains(check.Topic)))
        {
            checks.AddRange(await SyntheticExtraction.RunAsync(settings, clock, cancellation));
        }

        return new(clock.GetUtcNow(), checks);
    }
}
