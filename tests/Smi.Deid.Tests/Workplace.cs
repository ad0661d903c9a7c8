using Smi.Deid.Files;
using Smi.Deid.Pixels;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Verification;
using Smi.Dicom;

namespace Smi.Deid.Tests;

/// <summary>A source folder, an output folder and a key, gone when the test is over.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-test-").FullName;

    public Workplace()
    {
        Source = new ConfinedRoot(Directory.CreateDirectory(Path.Combine(folder, "in")).FullName);
        Output = new ConfinedRoot(Directory.CreateDirectory(Path.Combine(folder, "out")).FullName);
    }

    public ConfinedRoot Source { get; }

    public ConfinedRoot Output { get; }

    public MasterKey Key { get; } = MasterKey.Random();

    public static IReadOnlyList<IDeidStage> ProfileStages(DeidPolicy policy) => [new ProfileTagStage(policy, null), new PixelDataExtentStage()];

    public DeidOutcome Run(byte[] file, DeidPolicy? policy = null, IReadOnlyList<IDeidStage>? stages = null, string name = "a.dcm", bool overwrite = false)
    {
        File.WriteAllBytes(Path.Combine(Source.Path, name), file);
        policy ??= new DeidPolicy();
        var deidentifier = new Deidentifier(policy, Key, stages ?? ProfileStages(policy), new LeakVerifier());
        return deidentifier.Run(Job(name, overwrite), TestContext.Current.CancellationToken);
    }

    public DeidJob Job(string name, bool overwrite = false) => new()
    {
        Source = Source.Find(name) ?? throw new ArgumentException("no path", nameof(name)),
        Output = Output.Find(name),
        SubmittedAt = DateTimeOffset.UnixEpoch,
        Overwrite = overwrite,
    };

    /// <summary>De-identifies and hands over the output; fails when there is none.</summary>
    public DicomFile Deidentify(byte[] file, DeidPolicy? policy = null, string name = "a.dcm")
    {
        var outcome = Run(file, policy, name: name);
        Assert.True(outcome is DeidOutcome.Deidentified, outcome.ToString());
        return DicomFile.Parse(File.ReadAllBytes(Path.Combine(Output.Path, name)));
    }

    public string[] OutputFiles() => Directory.GetFiles(Output.Path, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
