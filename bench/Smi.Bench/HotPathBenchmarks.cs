using BenchmarkDotNet.Attributes;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Dicom;

namespace Smi.Bench;

/// <summary>Time and allocations of one small file: read alone, and the whole journey with verification.</summary>
[MemoryDiagnoser]
[InProcess]
public class HotPathBenchmarks
{
    private string folder = "";
    private Deidentifier? tagsOnly;
    private Deidentifier? full;
    private DeidJob? job;

    [GlobalSetup]
    public void SetUp()
    {
        folder = Directory.CreateTempSubdirectory("smi-bench-").FullName;
        var (input, output) = (Directory.CreateDirectory(Path.Combine(folder, "in")).FullName, Directory.CreateDirectory(Path.Combine(folder, "out")).FullName);
        File.WriteAllBytes(Path.Combine(input, "a.dcm"), Inputs.Samples()[0]);
        job = new DeidJob { Source = new ConfinedRoot(input).FromWalk(Path.Combine(input, "a.dcm")), OutputRoot = new ConfinedRoot(output), SubmittedAt = DateTimeOffset.UnixEpoch, Overwrite = true };
        tagsOnly = DeidentifierFactory.Create(new DeidPolicy(), MasterKey.Random());
        full = DeidentifierFactory.Create(new DeidPolicy { Clean = DeidentifierFactory.Built & ~CleanOptions.Pixels }, MasterKey.Random());
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public int Read()
    {
        using var file = DicomFile.Open(Job.Source.FullPath);
        return file.DataSet.Count;
    }

    [Benchmark]
    public DeidOutcome? TagsOnly() => tagsOnly?.Run(Job, CancellationToken.None);

    [Benchmark]
    public DeidOutcome? TagsAndText() => full?.Run(Job, CancellationToken.None);

    private DeidJob Job => job ?? throw new InvalidOperationException("set up first");
}
