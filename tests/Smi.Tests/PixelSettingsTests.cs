namespace Smi.Tests;

public sealed class PixelSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Follows_the_rule_files_of_the_settings_and_names_them_in_the_report()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "hospital.script"), "Corner\n{ Rows.isGreaterThan(\"1\") } (0,0,4,4)\n", TestContext.Current.CancellationToken);
        await WriteSettings("PixelOptions: { RuleFiles: [hospital.script] }");
        await SmiProcess.Run("sample", In("samples"), "--seed", "1");

        var run = await SmiProcess.Run("anonymise", In("samples"), In("out"), "-y", In("smi.yaml"), "--report", In("report.jsonl"));

        Assert.Equal(0, run.ExitCode);
        var report = await File.ReadAllTextAsync(In("report.jsonl"), TestContext.Current.CancellationToken);
        Assert.Contains("\"box\":[0,0,5,5],\"source\":\"rule hospital.script:2 Corner\"", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_before_the_first_file_when_a_rule_file_cannot_be_read()
    {
        await WriteSettings("PixelOptions: { RuleFiles: [missing.script] }");

        var run = await SmiProcess.Run("anonymise", folder, In("../out"), "-y", In("smi.yaml"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("missing.script", run.Errors, StringComparison.Ordinal);
    }

    private Task WriteSettings(string yaml) => File.WriteAllTextAsync(In("smi.yaml"), yaml, TestContext.Current.CancellationToken);

    private string In(string name) => Path.Combine(folder, name);
}
