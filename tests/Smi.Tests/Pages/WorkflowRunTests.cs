namespace Smi.Tests.Pages;

/// <summary>The short form of eng/workflow-run.sh; `eng/long.sh workflow` is the long one.</summary>
public sealed class WorkflowRunTests
{
    [Fact]
    public async Task With_real_servers_and_a_process_per_service_every_message_is_accounted_for_and_no_log_holds_a_value_of_a_file()
    {
        SkipWithout("/usr/lib/rabbitmq", "rabbitmq-server");
        SkipWithout("/usr/sbin/mariadbd", "mariadb-server");
        using var shell = new PageShell();

        var output = await shell.RunAsync($"exec {Path.Combine(SharedFiles.RepositoryRoot, "eng", "workflow-run.sh")} 1");

        Assert.True(output.Contains(" from extract-images to the reports", StringComparison.Ordinal), output);
        Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
    }

    private static void SkipWithout(string path, string package)
    {
        if (Path.Exists(path))
        {
            return;
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{package} is not installed");
        Assert.Skip($"{package} is not installed (apt-get install {package})");
    }
}
