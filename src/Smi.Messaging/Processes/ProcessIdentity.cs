using System.Globalization;

namespace Smi.Messaging.Processes;

/// <summary>
/// A process that can be told from a later one with the same number: machine, boot, pid namespace, pid and start time. Written beside whatever a
/// process owns (leases, staged files, journals), so that the next process knows whether the owner is dead.
/// </summary>
public sealed record ProcessIdentity(string Machine, string Boot, string PidNamespace, int Pid, long StartTicks)
{
    public static ProcessIdentity Current { get; } = OfThisProcess();

    /// <summary>False only when it is certain that the process is gone: this machine has booted since, or nothing in our pid namespace answers to it.</summary>
    public bool MayBeAlive()
    {
        if (Boot != Current.Boot)
        {
            // Containers on one machine share the boot and not the machine's name; another name on another boot tells nothing.
            return Machine != Current.Machine;
        }

        return PidNamespace != Current.PidNamespace || ReadStartTicks(Pid) == StartTicks;
    }

    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ProcessIdentity? identity)
    {
        var parts = text.Split('_');
        identity = parts.Length == 5
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && long.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                ? new ProcessIdentity(parts[0], parts[1], parts[2], pid, ticks)
                : null;
        return identity is not null;
    }

    /// <summary>Letters, digits, hyphens and underscores: fit for a file name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}_{Boot}_{PidNamespace}_{Pid}_{StartTicks}");

    private static ProcessIdentity OfThisProcess()
    {
        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        var target = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "pid:[0]";
        var digits = string.Concat(target.Where(char.IsAsciiDigit));
        return new(MachineName(), boot, digits, Environment.ProcessId, ReadStartTicks(Environment.ProcessId) ?? 0);
    }

    private static string MachineName()
    {
        const string machineId = "/etc/machine-id";
        var name = File.Exists(machineId) ? File.ReadAllText(machineId).Trim() : "";
        return string.Concat((name.Length == 0 ? Environment.MachineName : name).Where(char.IsAsciiLetterOrDigit));
    }

    /// <summary>Field 22 of /proc/PID/stat, counted behind the command name, which may itself hold blanks and parentheses.</summary>
    private static long? ReadStartTicks(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

            // A zombie has ended; nothing it owned is in use.
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
