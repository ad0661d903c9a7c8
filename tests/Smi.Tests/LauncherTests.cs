namespace Smi.Tests;

public sealed class LauncherTests
{
    [Fact]
    public async Task Says_its_version_from_any_folder()
    {
        var run = await SmiProcess.RunIn("/", "--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", run.Output);
    }

    [Fact]
    public async Task Answers_an_unknown_verb_with_exit_code_1()
    {
        var run = await SmiProcess.Run("anonimise");

        Assert.Equal(1, run.ExitCode);
        Assert.NotEqual("", run.Errors);
    }
}
