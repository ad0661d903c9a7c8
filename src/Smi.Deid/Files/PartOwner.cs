using System.Security.Cryptography;
using System.Text;

namespace Smi.Deid.Files;

/// <summary>Who made a part file: a process number, and where that number means something: a boot of a machine and a pid namespace in it, as 8 hex digits.</summary>
public sealed record PartOwner(int Process, string Host)
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    public static PartOwner Current { get; } = new(Environment.ProcessId, ThisHost());

    private static string ThisHost()
    {
        var boot = File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : Environment.MachineName;
        var names = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{boot} {names}")).AsSpan(0, 4));
    }
}
