namespace Smi.Tests.Anonymise;

/// <summary>External tools of a settings file, from the command line.</summary>
[Collection(ToolProcesses.Name)]
public sealed class ToolRunTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task A_file_that_a_tool_refuses_is_listed_with_its_reason()
    {
        folders.Add("scan.dcm");
        var run = await SmiProcess.Run("anonymise", folders.In, folders.Out, "--clean", "none", "--names", "source", "-y", Settings("'false'"));
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("refused: scan.dcm: tags: the tool ward says with exit code 1 that it cannot do this file", run.Output, StringComparison.Ordinal);
        Assert.Empty(folders.Outputs());
    }

    [Fact]
    public async Task A_tool_that_is_not_there_ends_the_run()
    {
        folders.Add("scan.dcm");
        var run = await SmiProcess.Run("anonymise", folders.In, folders.Out, "--clean", "none", "-y", Settings("/nowhere/tool"));
        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("the tool ward is not there", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Original_tools_without_their_paths_are_a_mistake_in_the_settings()
    {
        var yaml = folders.Below("settings.yaml");
        await File.WriteAllTextAsync(yaml, "DicomAnonymiserOptions: { AnonymiserType: DefaultAnonymiser }\n", TestContext.Current.CancellationToken);
        var run = await SmiProcess.Run("anonymise", folders.In, folders.Out, "-y", yaml);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("CtpAnonCliJar is not set", run.Errors, StringComparison.Ordinal);
    }

    private string Settings(string command)
    {
        var path = folders.Below("settings.yaml");
        File.WriteAllText(path, $"DicomAnonymiserOptions: {{ ToolWorkFolder: work }}\nTools:\n  ward: {{ Stage: tags, Command: {command}, Arguments: ['{{source}}'] }}\n");
        return path;
    }
}
