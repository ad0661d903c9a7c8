namespace Smi.Tests;

public sealed class TextSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_folder_command_follows_the_rules_and_word_lists_of_the_settings()
    {
        Directory.CreateDirectory(In("words"));
        await Write("words/surnames.txt", "liver\n");
        await Write("rules.json", """{ "PHI_rules": { "x": [{ "pattern": "unremarkable", "flags": [], "data_labels": ["x"], "data_type": "id", "test_true": ["remarkable"] }] } }""");
        await Write("smi.yaml", "TextOptions: { RuleFiles: [rules.json], DictionaryFolder: words }\n");
        await SmiProcess.Run("sample", In("samples"), "--seed", "1");

        var run = await SmiProcess.Run("anonymise", In("samples"), In("out"), "-y", In("smi.yaml"), "--clean", "structured-content");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("rules.json", run.Errors, StringComparison.Ordinal);
        Assert.Contains("test_true", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_before_the_first_file_when_a_rule_file_is_no_rule_file()
    {
        await Write("rules.json", "[]");
        await Write("smi.yaml", "TextOptions: { RuleFiles: [rules.json] }\n");

        var run = await SmiProcess.Run("anonymise", folder, In("../out"), "-y", In("smi.yaml"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("PHI_rules", run.Errors, StringComparison.Ordinal);
    }

    private Task Write(string name, string text) => File.WriteAllTextAsync(In(name), text, TestContext.Current.CancellationToken);

    private string In(string name) => Path.Combine(folder, name);
}
