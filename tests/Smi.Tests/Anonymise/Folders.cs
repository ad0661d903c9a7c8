using System.Diagnostics;
using System.Text.Json;
using Smi.Anonymise;
using Smi.Deid;
using Smi.Deid.Samples;

namespace Smi.Tests.Anonymise;

/// <summary>Folders IN and OUT for a run of <c>smi anonymise</c> inside the test's process; gone with the test.</summary>
internal sealed class Folders : IDisposable
{
    private static readonly Lazy<byte[]> OneFile = new(MakeOne);
    private readonly string root = Directory.CreateTempSubdirectory("smi-folders-").FullName;

    public Folders()
    {
        In = Directory.CreateDirectory(Path.Combine(root, "in")).FullName;
        Out = Path.Combine(root, "out");
    }

    public string In { get; }

    public string Out { get; }

    public string Report => Path.Combine(root, "report.jsonl");

    public string Below(string relative) => Path.Combine(root, relative);

    /// <summary>Puts a file of the sample hospital into IN.</summary>
    public string Add(string relative) => Add(relative, OneFile.Value);

    public string Add(string relative, byte[] content)
    {
        var path = Path.Combine(In, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? In);
        File.WriteAllBytes(path, content);
        return path;
    }

    public FolderOptions Options(string? input = null, string? output = null, bool mirrors = true, bool overwrite = false) => new()
    {
        Input = input ?? In,
        Output = output ?? Out,
        Policy = new DeidPolicy(),
        MirrorsPaths = mirrors,
        Overwrite = overwrite,
        ReportFile = Report,
        Jobs = 2,
    };

    public Task<int> Run(FolderOptions? options = null) =>
        FolderRun.Execute(options ?? Options(), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>What the report says of each input, by its path.</summary>
    public Dictionary<string, string> Outcomes() => File.ReadLines(Report).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
        line => line.GetProperty("path").GetString() ?? "",
        line => $"{line.GetProperty("outcome")} {line.GetProperty("reason")}".Trim(),
        StringComparer.Ordinal);

    public List<string> Outputs() => Directory.Exists(Out)
        ? [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Out, path)).Order(StringComparer.Ordinal)]
        : [];

    public static void Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start");
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose()
    {
        Tool("chmod", "-R", "u+rwX", root);
        Directory.Delete(root, recursive: true);
    }

    private static byte[] MakeOne()
    {
        using var bytes = new MemoryStream();
        SampleHospital.Make(1)[0].Write(bytes);
        return bytes.ToArray();
    }
}
