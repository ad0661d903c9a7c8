namespace Smi.Tests;

public sealed class FindTextVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Writes_a_table_of_the_text_of_devices_that_is_a_rule_file_but_not_over_one()
    {
        await SmiProcess.Run("sample", folder.Below("samples"), "--seed", "1");
        string[] arguments = ["find-text", folder.Below("samples"), "--device-table", folder.Below("devices.tsv")];

        var found = await SmiProcess.Run(arguments);
        var again = await SmiProcess.Run(arguments);

        Assert.Contains("box ", found.Output, StringComparison.Ordinal);
        Assert.Contains("devices.tsv: ", found.Errors, StringComparison.Ordinal);
        var table = await File.ReadAllLinesAsync(folder.Below("devices.tsv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("name\tmodality", table[0], StringComparison.Ordinal);
        Assert.InRange(table.Length, 2, 1000);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already", again.Errors, StringComparison.Ordinal);

        await File.WriteAllTextAsync(folder.Below("smi.yaml"), "PixelOptions: { RuleFiles: [devices.tsv] }", TestContext.Current.CancellationToken);
        var run = await SmiProcess.Run("anonymise", folder.Below("samples"), folder.Below("out"), "-y", folder.Below("smi.yaml"), "--report", folder.Below("report.jsonl"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("rule devices.tsv:", await File.ReadAllTextAsync(folder.Below("report.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_nothing_for_want_of_a_file_before_it_looks_at_the_others()
    {
        var run = await SmiProcess.Run("find-text", folder.Path, folder.Below("missing.dcm"));

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("missing.dcm does not exist", run.Errors, StringComparison.Ordinal);
    }
}
