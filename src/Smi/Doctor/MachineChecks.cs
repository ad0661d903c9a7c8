using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Smi.Extraction.Doctor;

namespace Smi.Doctor;

/// <summary>What this program runs on, for the change record, and the few things about a machine that can go wrong.</summary>
internal static class MachineChecks
{
    private const string Topic = "machine";
    private const long LittleMemory = 1L << 30;
    private const int FewFiles = 1024;

    public static IEnumerable<Check> Run(TimeProvider clock)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return Check.Fact(Topic, "smi", $"{typeof(MachineChecks).Assembly.GetName().Version?.ToString(3)} on {RuntimeInformation.FrameworkDescription}");
        yield return Check.Fact(Topic, "system", $"{SystemName()}, kernel {Environment.OSVersion.Version}, {RuntimeInformation.ProcessArchitecture}");
        yield return Check.Fact(Topic, "processor", $"{Environment.ProcessorCount} cores for this program; {Instructions()}");
        yield return new Check(Topic, "memory", memory < LittleMemory ? Verdict.Warning : Verdict.Good, $"{memory / 1e9:F1} GB for this program");
        yield return Check.Fact(Topic, "user", $"{Environment.UserName}{(Environment.IsPrivilegedProcess ? ", privileged: services need no such rights; ctp-anon-cli refuses every file under them and is started without the one it minds" : "")}");
        yield return OpenFiles();
        yield return Clock(clock);
    }

    private static string SystemName()
    {
        const string release = "/etc/os-release";
        var name = File.Exists(release) ? File.ReadLines(release).FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)) : null;
        return name?["PRETTY_NAME=".Length..].Trim('"') ?? RuntimeInformation.OSDescription;
    }

    // The detector of burned-in text is several times slower without them.
    private static string Instructions() => (Avx2.IsSupported, AdvSimd.IsSupported) switch
    {
        (true, _) => Avx512F.IsSupported ? "AVX2, AVX-512" : "AVX2",
        (_, true) => "AdvSIMD",
        _ => "no wide vector instructions: burned-in text is found several times slower",
    };

    private static Check OpenFiles()
    {
        const string limits = "/proc/self/limits";
        const string name = "Max open files";
        var line = File.Exists(limits) ? File.ReadLines(limits).FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal)) : null;
        var limit = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(limit, CultureInfo.InvariantCulture, out var count) && count < FewFiles
            ? Check.Warning(Topic, "open files", $"at most {count}; batches need {FewFiles}: LimitNOFILE of the unit, or ulimit -n")
            : Check.Good(Topic, "open files", limit is null ? "no limit was found" : $"at most {limit}");
    }

    private static Check Clock(TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return SystemClock.IsSynchronised() switch
        {
            true => Check.Good(Topic, "clock", $"{now}, kept by a time service"),
            false => Check.Warning(Topic, "clock", $"{now}, and no time service says that it is right; logs of machines cannot be compared"),
            null => Check.Fact(Topic, "clock", now),
        };
    }
}
