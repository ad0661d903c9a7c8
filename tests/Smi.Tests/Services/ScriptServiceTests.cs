using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Dicom;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Samples;
using Smi.Workflow;

namespace Smi.Tests.Services;

/// <summary>All services in one process with a hospital's script and table of Patient IDs.</summary>
public sealed class ScriptServiceTests : IDisposable
{
    private const string Script = """
        <script>
         <e en="T" t="00080060" n="Modality">@require()</e>
         <e en="T" t="00100010" n="PatientName">ANON</e>
         <e en="T" t="00100020" n="PatientID">@keep()</e>
         <e en="T" t="00120062" n="PatientIdentityRemoved">@always()YES</e>
         <e en="T" t="0020000e" n="SeriesInstanceUID">@keep()</e>
         <k en="T" t="0028"/><r en="T" t="privategroups"/><r en="T" t="unspecifiedelements"/><r en="T" t="overlays"/>
        </script>
        """;

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task The_anonymiser_follows_the_script_and_gives_each_patient_the_ID_of_the_table()
    {
        var folder = temporary.Below("workflow");
        var sample = WorkflowSample.Write(folder, seed: 3, atLeast: 1);
        var ids = sample.Files.Select(file => file.DataSet.GetString(DicomTags.PatientId) ?? "").Distinct().ToList();
        File.WriteAllText(Path.Combine(folder, "tags.script"), Script);
        File.WriteAllLines(Path.Combine(folder, "ids.csv"), ids.Select((id, index) => string.Create(CultureInfo.InvariantCulture, $"\"{id}\",EUPI-{index}")).Prepend("original,replacement"));
        var workflow = new WorkflowRun(sample, SettingsOf(sample), "project-001", TimeProvider.System);

        await RunAsync(workflow, SettingsOf(sample));

        var outputs = Directory.GetFiles(workflow.Extraction, "*.dcm", SearchOption.AllDirectories);
        Assert.NotEmpty(outputs);
        Assert.All(outputs, path =>
        {
            using var output = DicomFile.Open(path);
            Assert.Equal("ANON", output.DataSet.GetString(DicomTags.PatientName));
            Assert.StartsWith("EUPI-", output.DataSet.GetString(DicomTags.PatientId));
            Assert.False(output.DataSet.Contains(DicomTags.StudyDate));
        });
    }

    private static async Task RunAsync(WorkflowRun workflow, SmiSettings settings)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await workflow.IndexAsync(cancellation);
        await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, cancellation);
        var (job, _) = await workflow.RequestAsync(broker, cancellation);
        await workflow.CompleteAsync(broker, job, _ => { }, cancellation);
    }

    private SmiSettings SettingsOf(WorkflowSample sample)
    {
        var yaml = File.ReadAllText(sample.SettingsFile)
            .Replace("  Tags: \"basic\"", "  PatientIds: { CsvFile: ids.csv }\n  Tags: \"tags.script\"", StringComparison.Ordinal)
            .Replace("  Clean: []", "  Clean: [none]", StringComparison.Ordinal);
        var settings = SettingsLoader.Read(new StringReader(yaml), Path.Combine(sample.Folder, "default.yaml"));
        return settings with { Health = settings.Health with { Enabled = false } };
    }
}
