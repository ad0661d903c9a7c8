using System.Text.RegularExpressions;
using Smi.Deid.Samples;
using Smi.Dicom;
using Smi.Tests;

using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>The tables of whole reports in docs/reports.md, row by row, against what dsrdump shows now. UIDs, dates and pseudonyms depend on the key and may be any.</summary>
public sealed partial class WholeReportTests
{
    [Fact]
    public async Task The_sample_report_comes_out_as_the_page_says()
    {
        var report = SampleHospital.Make(1).First(file => file.DataSet.GetString(DicomTags.Modality) == "SR");
        using var stream = new MemoryStream();
        report.Write(stream);
        await Compare(stream.ToArray(), "The report of the first patient");
    }

    [Theory]
    [InlineData("sr_report10.dcm", "`sr_report10`")]
    [InlineData("sr_test_SR.dcm", "`sr_test_SR`")]
    public async Task A_published_report_comes_out_as_the_page_says(string name, string heading)
    {
        var path = SharedFiles.In("golden").FirstOrDefault(file => Path.GetFileName(file) == name && file.Contains("/in/", StringComparison.Ordinal));
        if (path is not null) await Compare(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), heading);
    }

    private static async Task Compare(byte[] file, string heading)
    {
        if (!DsrDump.IsThere()) return;
        using var place = new Workplace();
        using var folder = new TemporaryFolder();
        var input = folder.Below("in.dcm");
        await File.WriteAllBytesAsync(input, file, TestContext.Current.CancellationToken);
        Assert.IsType<DeidOutcome.Deidentified>(place.Run(file, Policy, Stages()));
        var before = Blanks().Replace((await DsrDump.Render(input)).Output, " ");
        var after = Blanks().Replace((await DsrDump.Render(place.OutputFiles().Single())).Output, " ");
        var rows = Rows(heading).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            Assert.Contains(row.Before, before, StringComparison.Ordinal);
            Assert.Matches(Pattern(row.After), after);
        });
    }

    private static IEnumerable<(string Before, string After)> Rows(string heading)
    {
        var page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "reports.md"));
        var table = page[page.IndexOf(heading, StringComparison.Ordinal)..];
        foreach (var line in table[table.IndexOf("| --- |", StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => line.StartsWith('|')))
        {
            var row = Row().Match(line);
            Assert.True(row.Success, line);
            var (before, after) = (Blanks().Replace(row.Groups["before"].Value, " "), Blanks().Replace(row.Groups["after"].Value, " "));
            if (line.EndsWith("| the same |", StringComparison.Ordinal)) yield return (before, before);
            else if (after.Length > 0) yield return (before, after);
        }
    }

    private static string Pattern(string text) => KeyDependent().Replace(Regex.Escape(text), ".+?");

    [GeneratedRegex("^\\| `(?<before>.+?)` \\| (`(?<after>.+)`|the same|) \\|$")]
    private static partial Regex Row();

    [GeneratedRegex("[A-Z0-9]{16}|2\\\\\\.25\\\\\\.[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|\"[0-9]{8}\"(?=>)")]
    private static partial Regex KeyDependent();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
