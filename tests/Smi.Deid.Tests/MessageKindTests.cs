using System.Diagnostics;
using System.Text.RegularExpressions;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Tests;

namespace Smi.Deid.Tests;

/// <summary>What other people's checkers say of an output and did not say of its input: nothing new, but about what the profile takes away.</summary>
public sealed partial class MessageKindTests : IDisposable
{
    private const int LongestFile = 100_000;
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Theory]
    [InlineData("dciodvfy")]
    [InlineData("dcmdump")]
    public async Task Outputs_bring_no_new_kinds_of_message(string checker)
    {
        SkipWithout(checker);
        var policy = new DeidPolicy { Clean = DeidentifierFactory.Built & ~CleanOptions.Pixels };
        var deidentifier = DeidentifierFactory.Create(policy, MasterKey.Random());
        var names = Inputs().Select((bytes, index) => (bytes, name: $"{index}.dcm")).ToList();
        var kinds = new List<string>();
        foreach (var (bytes, name) in names)
        {
            await File.WriteAllBytesAsync(Path.Combine(workplace.Source.Path, name), bytes, TestContext.Current.CancellationToken);
            if (deidentifier.Run(workplace.Job(name), TestContext.Current.CancellationToken) is DeidOutcome.Deidentified)
            {
                var before = await KindsAsync(checker, Path.Combine(workplace.Source.Path, name));
                var after = await KindsAsync(checker, Path.Combine(workplace.Output.Path, name));
                kinds.AddRange(after.Except(before).Where(kind => !OfTakenAway().IsMatch(kind)).Select(kind => $"{name}: {kind}"));
            }
        }

        Assert.True(names.Count > 10);
        Assert.Empty(kinds);
    }

    private static void SkipWithout(string checker)
    {
        if (!File.Exists($"/usr/bin/{checker}"))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{checker} is not installed");
            Assert.Skip($"{checker} is not installed (apt-get install dicom3tools dcmtk)");
        }
    }

    private static IEnumerable<byte[]> Inputs() => SampleHospital.Make(1).Select(BytesOf)
        .Concat(SharedFiles.In("corpus").Concat(SharedFiles.In("golden/ctp/in")).Where(path => Path.GetExtension(path) is not (".md" or ".tsv")).Select(File.ReadAllBytes))
        .Where(bytes => bytes.Length < LongestFile);

    private static byte[] BytesOf(SampleFile sample)
    {
        using var bytes = new MemoryStream();
        sample.Write(bytes);
        return bytes.ToArray();
    }

    private static async Task<HashSet<string>> KindsAsync(string checker, string path)
    {
        var start = new ProcessStartInfo(checker, [path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{checker} did not start");
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return [.. (errors + await output).Split('\n').Where(line => Message().IsMatch(line)).Select(line => Particulars().Replace(line, "#"))];
    }

    [GeneratedRegex("^(Error|Warning|[EWF]: )")]
    private static partial Regex Message();

    // Values, places and UIDs of this file; what is left is the kind.
    [GeneratedRegex(@"<[^>]*>|\[[^\]]*\]|""[^""]*""|'[^']*'|0x[0-9a-f]+|\d+(\.\d+)*")]
    private static partial Regex Particulars();

    // PS3.15 table E.1-1 empties these three (Z), and dciodvfy wants them for a DICOMDIR.
    [GeneratedRegex("would be needed to build DICOMDIR - Study (Date|Time|ID)$")]
    private static partial Regex OfTakenAway();
}
