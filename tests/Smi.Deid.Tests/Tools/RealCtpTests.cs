using System.Security.Cryptography;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tools;
using Smi.Deid.Tools.Pools;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tools;

/// <summary>The real ctp-anon-cli; see <see cref="CtpAnonCli"/> and eng/long.sh. Only when asked for.</summary>
[Collection(ToolProcesses.Name)]
public sealed class RealCtpTests : IDisposable
{
    private readonly ToolWorkplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact(Explicit = true)]
    public void What_it_makes_of_a_file_comes_through_us_unchanged_but_for_the_method()
    {
        var tool = CtpAnonCli.Find() ?? throw new InvalidOperationException("SMI_TEST_CTP_ANON_CLI and SMI_TEST_CTP_SCRIPT are not set");
        var sources = Sources();
        using var pool = workplace.Pool(tool);
        using var tools = new ToolSet([tool], workplace.WorkFolder, SilentObserver.Instance);
        var compared = 0;
        foreach (var source in sources)
        {
            var job = new ToolJob { Source = source, Modality = "OT", WriteEdited = _ => { } };
            using var alone = Alone(pool, job);
            if (alone is not null && Through(tools, source) is { } path)
            {
                using var through = DicomFile.Open(path);
                Assert.Equal(Flat(alone.File), Flat(through));
                compared++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} of {sources.Count} files are equal; the others one of us refuses");
        Assert.True(compared > sources.Count * 3 / 4);
    }

    private static ToolResult.Produced? Alone(ToolPool pool, ToolJob job)
    {
        try
        {
            return pool.Run(job, TestContext.Current.CancellationToken) as ToolResult.Produced;
        }
        catch (ToolException fault) when (fault.Kind == ToolFaultKind.BadOutput)
        {
            // It says OK for deflated files and writes what nobody can read.
            return null;
        }
    }

    private List<string> Sources()
    {
        var folder = Directory.CreateDirectory(Path.Combine(workplace.Folder, "sources")).FullName;
        SampleHospital.Write(folder, 1);
        foreach (var golden in SharedFiles.In("golden/ctp/in"))
        {
            File.Copy(golden, Path.Combine(folder, Path.GetFileName(golden)));
        }

        return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    private string? Through(ToolSet tools, string source)
    {
        var script = CtpScript.Load(Environment.GetEnvironmentVariable("SMI_TEST_CTP_SCRIPT") ?? "", new CtpScriptOptions());
        var policy = new DeidPolicy { Script = script, Clean = CleanOptions.None, RefusesDirectories = false };
        var deidentifier = DeidentifierFactory.Create(policy, MasterKey.Random(), tools: tools);
        var (from, to) = (new ConfinedRoot(Path.GetDirectoryName(source) ?? "/"), new ConfinedRoot(workplace.Folder));
        var job = new DeidJob
        {
            Source = from.Find(Path.GetFileName(source)) ?? throw new InvalidOperationException("no path"),
            Output = to.Find("through.dcm"),
            SubmittedAt = DateTimeOffset.UnixEpoch,
            Overwrite = true,
        };
        return deidentifier.Run(job, TestContext.Current.CancellationToken) is DeidOutcome.Deidentified ? Path.Combine(to.Path, "through.dcm") : null;
    }

    private static SortedDictionary<string, string> Flat(DicomFile file)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(file.DataSet, "", all);
        return all;
    }

    // Group lengths are rebuilt, De-identification Method says who did it, and what stands behind the last pixel is cut off.
    private static void Flatten(DicomDataSet dataSet, string path, SortedDictionary<string, string> all)
    {
        foreach (var element in dataSet.Elements.Where(element => !element.Tag.IsGroupLength && element.Tag != DicomTags.DeidentificationMethod))
        {
            switch (element)
            {
                case SequenceElement sequence:
                    for (var item = 0; item < sequence.Items.Count; item++)
                    {
                        Flatten(sequence.Items[item], $"{path}{element.Tag}[{item}]", all);
                    }

                    break;
                case EncapsulatedElement encapsulated:
                    all[$"{path}{element.Tag}"] = string.Join(',', encapsulated.Fragments.Select(fragment => Hash(fragment.ToMemory().Span)));
                    break;
                case ValueElement value when element.Tag == DicomTags.PixelData:
                    all[$"{path}{element.Tag}"] = Hash(value.Value.ToMemory().Span[..(int)Math.Min(value.Length, 128)]);
                    break;
                case ValueElement value:
                    all[$"{path}{element.Tag}"] = Hash(value.Value.ToMemory().Span);
                    break;
            }
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..16];
}
