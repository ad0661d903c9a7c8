namespace Smi.Tests.Pages;

public sealed class ExampleWorkflowTests
{
    [Fact]
    public async Task Every_command_of_the_example_workflow_works_and_prints_what_the_page_shows()
    {
        var page = PageCommands.Read(Path.Combine(SharedFiles.RepositoryRoot, "docs", "example-workflow.md"));
        using var shell = new PageShell();

        var output = await shell.RunAsync(page.Script());

        Assert.True(page.Count > 20);
        var difference = page.FindDifference(output, shell.Folder);
        Assert.True(difference is null, difference);
    }
}
