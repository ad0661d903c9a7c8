using Smi.Deid.Files;
using Smi.Deid.Pixels;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Verification;

namespace Smi.Deid.Tests.Canaries;

/// <summary>De-identifies bytes by way of the disk, as the program does.</summary>
internal sealed class CanaryRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("smi-canary-");

    public CanaryRun(byte[] input, RetainOptions retain = RetainOptions.None)
    {
        var (source, target) = (folder.CreateSubdirectory("in"), folder.CreateSubdirectory("out"));
        File.WriteAllBytes(Path.Combine(source.FullName, "a.dcm"), input);
        var policy = new DeidPolicy { Retain = retain };
        var deidentifier = new Deidentifier(policy, Key(), [new ProfileTagStage(policy, clean: null), new PixelDataExtentStage()], new LeakVerifier());
        var sources = new ConfinedRoot(source.FullName);
        var job = new DeidJob
        {
            Source = sources.FromWalk(Path.Combine(sources.Path, "a.dcm")),
            OutputRoot = new ConfinedRoot(target.FullName),
            SubmittedAt = DateTimeOffset.UnixEpoch,
        };
        Outcome = deidentifier.Run(job, TestContext.Current.CancellationToken);
        var outputs = target.GetFiles("*", SearchOption.AllDirectories);
        Output = outputs.Length == 1 ? File.ReadAllBytes(outputs[0].FullName) : [];
        Paths = [.. outputs.Select(file => Path.GetRelativePath(target.FullName, file.FullName))];
    }

    public DeidOutcome Outcome { get; }

    public byte[] Output { get; }

    public IReadOnlyList<string> Paths { get; }

    /// <summary>Everything that a report line or a log line could be made of.</summary>
    public string Said => Outcome switch
    {
        DeidOutcome.Deidentified done => string.Join('\n', [.. done.Report.Notes, .. done.Report.MethodCodes, done.Report.Pixels, .. Paths]),
        DeidOutcome.Refused refused => $"{refused.Stage} {refused.Reason}",
        _ => "",
    };

    public void Dispose() => folder.Delete(recursive: true);

    private MasterKey Key()
    {
        var path = Path.Combine(folder.FullName, "key");
        File.WriteAllText(path, new string('5', 64));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return MasterKey.Load(path);
    }
}
