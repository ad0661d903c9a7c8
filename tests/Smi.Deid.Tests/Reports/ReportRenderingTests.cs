using Smi.Deid.Samples;
using Smi.Dicom;
using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>DCMTK's dsrdump reads the cleaned reports by their IOD and renders them: what it shows is what the tree holds.</summary>
public sealed class ReportRenderingTests
{
    [Fact]
    public async Task What_dsrdump_renders_is_the_cleaned_text_of_the_tree()
    {
        if (!DsrDump.IsThere()) return;
        foreach (var report in SampleHospital.Make(1).Where(file => file.DataSet.GetString(DicomTags.Modality) == "SR"))
        {
            using var place = new Workplace();
            using var stream = new MemoryStream();
            report.Write(stream);
            Assert.IsType<DeidOutcome.Deidentified>(place.Run(stream.ToArray(), Policy, Stages()));
            var output = place.OutputFiles().Single();

            var (exitCode, rendered) = await DsrDump.Render(output);

            Assert.Equal(0, exitCode);
            Assert.Contains("UNVERIFIED", rendered, StringComparison.Ordinal);
            var texts = TextsOf(DicomFile.Parse(await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken)).DataSet).ToList();
            Assert.NotEmpty(texts);
            Assert.All(texts, text => Assert.Contains(text, rendered, StringComparison.Ordinal));
            Assert.All(report.Identifiers, identifier => Assert.DoesNotContain(identifier, rendered, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<string> TextsOf(DicomDataSet dataSet) =>
        (dataSet.FindSequence(DicomTags.ContentSequence)?.Items ?? []).SelectMany(item => item.GetString(DicomTags.TextValue) is { Length: > 0 } text ? TextsOf(item).Append(text) : TextsOf(item));
}
