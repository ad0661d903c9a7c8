using System.CommandLine;
using Smi.Anonymise;
using Smi.Deid.Samples;
using Smi.Demo;
using Smi.Verify;

namespace Smi.Verbs;

internal static class DemoVerb
{
    public static Command Create() => Verb.Create("demo", "Shows everything at once in a temporary folder: sample, anonymise, verify, a picture of before and after.", "smi demo", [], Run);

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("smi-demo-").FullName;
        var (scans, output) = (Path.Combine(folder, "hospital"), Path.Combine(folder, "out"));
        Console.WriteLine($"1. A synthetic hospital in {scans}");
        var files = SampleHospital.Write(scans, seed: 1);
        Console.WriteLine($"   {files.Count} files of invented patients");
        Console.WriteLine($"2. De-identified into {output}");
        var options = new FolderOptions
        {
            Input = scans,
            Output = output,
            Policy = PolicyOptions.Parse("basic", "", null),
            MirrorsPaths = true,
            Jobs = Environment.ProcessorCount,
            ReportFile = Path.Combine(folder, "report.jsonl"),
        };
        var code = await FolderRun.Execute(options, TimeProvider.System, cancellation);
        Console.WriteLine("3. Verified against the originals");
        var leaks = LeakScan.Run(output, scans, cancellation);
        DemoTable.Print(scans, output, files);
        var picture = Path.Combine(folder, "before-after.png");
        if (BeforeAfter.TryWrite(scans, output, files, picture))
        {
            Console.WriteLine($"A picture of before and after: {picture}");
        }

        return Math.Max(code, leaks);
    }
}
