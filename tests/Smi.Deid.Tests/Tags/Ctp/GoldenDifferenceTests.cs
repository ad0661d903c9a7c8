using System.Security.Cryptography;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Ctp;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>
/// The files that the original has worked on, where somebody has put them: strict mode is the original, and every difference of the safe
/// mode stands in docs/ctp-golden-differences.tsv with its reason.
/// </summary>
public sealed class GoldenDifferenceTests : IDisposable
{
    private const string Golden = "golden/ctp";

    // What verification finds is the verifier's affair: its rows on the page are not held exact.
    private const string Verified = "\tverified";
    private static readonly string List = Path.Combine(SharedFiles.RepositoryRoot, "docs", "ctp-golden-differences.tsv");
    private static readonly string[] Listed = [.. File.ReadLines(List).Skip(1)];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("smi-golden-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_listed_difference_has_a_reason_on_the_page()
    {
        var reasons = CtpDifferences.Safe.Select(difference => difference.Id).ToHashSet();
        Assert.NotEmpty(Listed);
        Assert.All(Listed, line => Assert.Contains(line.Split('\t')[3], reasons));
    }

    [Fact]
    public void The_safe_mode_differs_from_the_strict_one_in_the_listed_attributes_only()
    {
        if (SharedFiles.In(Golden).Count > 0)
        {
            var listed = Listed.Where(line => !line.EndsWith(Verified, StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf('\t')]);
            Assert.Equal(listed, Scripts().SelectMany(Differences));
        }
    }

    private static IEnumerable<string> Scripts() => SharedFiles.In($"{Golden}/scripts").Where(path => Path.GetFileName(path) != "empty.script");

    private IEnumerable<string> Differences(string script)
    {
        var name = Path.GetFileNameWithoutExtension(script);
        var (strictly, safely) = (CtpScript.Load(script, new CtpScriptOptions { IsStrict = true }), CtpScript.Load(script));
        foreach (var input in SharedFiles.In($"{Golden}/out/{name}").Select(path => path.Replace($"/out/{name}/", "/in/", StringComparison.Ordinal)))
        {
            var strict = Run(strictly, input, out _) ?? throw new InvalidOperationException("strict mode refuses what the original does not");
            var safe = Run(safely, input, out var found);
            if (safe is null && found.Contains("verification"))
            {
                continue;
            }

            IEnumerable<string> tags = safe is null ? ["(file)"] : strict.Keys.Union(safe.Keys).Where(key => strict.GetValueOrDefault(key) != safe.GetValueOrDefault(key));
            foreach (var tag in tags.Except(found).Order(StringComparer.Ordinal))
            {
                yield return $"{name}\t{Path.GetFileName(input)}\t{tag}";
            }
        }
    }

    /// <summary>The attributes of the output by their paths; null when the file was refused.</summary>
    /// <param name="emptied">Attributes that verification emptied, or the stage that refused the file.</param>
    private Dictionary<string, string>? Run(CtpScript script, string input, out HashSet<string> emptied)
    {
        var policy = new DeidPolicy { Script = script, IsStrictCtp = script.IsStrict, RefusesDirectories = false };
        var output = new ConfinedRoot(folder.FullName);
        var source = new ConfinedRoot(Path.GetDirectoryName(input) ?? "/");
        var job = new DeidJob
        {
            Source = source.Find(Path.GetFileName(input)) ?? throw new InvalidOperationException("no path"),
            Output = output.Find("out.dcm"),
            SubmittedAt = DateTimeOffset.UnixEpoch,
            Overwrite = true,
        };
        var outcome = DeidentifierFactory.Create(policy, MasterKey.Random()).Run(job, TestContext.Current.CancellationToken);
        emptied = outcome is DeidOutcome.Refused refused ? [refused.Stage] : [];
        if (outcome is not DeidOutcome.Deidentified done)
        {
            return null;
        }

        emptied = [.. done.Report.Notes.Where(note => note.Contains(" still held ", StringComparison.Ordinal)).Select(note => note[..note.IndexOf(' ', StringComparison.Ordinal)])];
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var file = DicomFile.Open(Path.Combine(folder.FullName, "out.dcm"));
            Flatten(file.DataSet, "", found);
        }
        catch (DicomFormatException) when (script.IsStrict)
        {
            // The original writes files without data set.
        }

        return found;
    }

    private static void Flatten(DicomDataSet dataSet, string path, Dictionary<string, string> found)
    {
        foreach (var element in dataSet.Elements.Where(element => !element.Tag.IsGroupLength))
        {
            if (element is SequenceElement sequence)
            {
                found[path + element.Tag] = $"SQ {sequence.Items.Count}";
                for (var index = 0; index < sequence.Items.Count; index++)
                {
                    Flatten(sequence.Items[index], $"{path}{element.Tag}[{index}].", found);
                }
            }
            else
            {
                found[path + element.Tag] = element is ValueElement value ? Convert.ToHexString(SHA256.HashData(value.Value.ToMemory().Span.TrimEnd((byte)' ').TrimEnd((byte)0))) : "fragments";
            }
        }
    }
}
