using System.Globalization;

namespace Smi.Tests.Crash;

/// <summary>How hard a crash run is. The long form is chosen by environment variables, see eng/long.sh.</summary>
internal sealed record CrashPlan
{
    public required int Messages { get; init; }

    public required int Kills { get; init; }

    public int BrokerRestarts { get; init; }

    public DiskFault Disk { get; init; }

    public int Processes { get; init; } = 2;

    public int Seed { get; init; } = Number("SMI_CRASH_SEED") ?? Random.Shared.Next(1_000_000);

    /// <summary>The short form, unless the environment asks for the long one.</summary>
    public static CrashPlan Of(CrashPlan shortForm) => Number("SMI_CRASH_KILLS") is { } kills
        ? new() { Messages = Number("SMI_CRASH_MESSAGES") ?? 5000, Kills = kills, BrokerRestarts = shortForm.BrokerRestarts > 0 ? 5 : 0, Disk = DiskFault.Mounted }
        : shortForm;

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
