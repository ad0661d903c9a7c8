using Smi.Tests;
using Smi.Deid.Tools;
using Smi.Deid.Tools.Pools;
using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tests.Tools;

[Collection(ToolProcesses.Name)]
public sealed class ToolPoolTests : IDisposable
{
    private readonly ToolWorkplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void A_daemon_is_started_with_the_first_file_and_kept_for_the_next()
    {
        using var pool = workplace.Pool(Liar.Lines("honest"));
        Assert.Equal(0, workplace.Starts);
        Do(pool, 5);
        Assert.Equal(1, workplace.Starts);
        Assert.Equal(5, workplace.Count(ToolEventKind.Done));
    }

    [Theory]
    [InlineData(ToolProtocol.LineDaemon)]
    [InlineData(ToolProtocol.JsonLines)]
    public async Task No_answer_is_lost_or_given_to_another_file(ToolProtocol protocol)
    {
        var files = TestSize.Of("SMI_TOOL_ROUND_TRIPS", 400);
        using var pool = workplace.Pool(protocol == ToolProtocol.LineDaemon ? Liar.Lines("honest") : Liar.Json("honest"));
        await RoundTrips.Run(pool, workplace, files, workers: 8, TestContext.Current.CancellationToken);
        Assert.Equal(files, workplace.Count(ToolEventKind.Done));
        Assert.InRange(workplace.Starts, 1, pool.Tool.PoolSize);
    }

    [Fact]
    public void Crashes_leave_no_process_no_file_and_no_descriptor()
    {
        var crashes = TestSize.Of("SMI_TOOL_CRASHES", 20);
        using var pool = workplace.Pool(Liar.Lines("leaves helpers and dies") with { Attempts = 1 });
        Crashes.Run(pool, workplace, 2);
        var before = Crashes.OpenDescriptors(workplace.WorkFolder);
        Crashes.Run(pool, workplace, crashes);
        Assert.Empty(ToolWorkplace.RunningTools());
        Assert.Empty(Directory.EnumerateFileSystemEntries(workplace.WorkFolder));
        Assert.Equal(before, Crashes.OpenDescriptors(workplace.WorkFolder));
        Assert.Equal(crashes + 2, workplace.Count(ToolEventKind.Failed));
    }

    [Fact]
    public void A_daemon_that_did_as_many_files_as_it_may_is_replaced()
    {
        var tool = Liar.Lines("honest");
        using var pool = workplace.Pool(tool with { Limits = tool.Limits with { FilesPerProcess = 2 } });
        Do(pool, 6);
        Assert.Equal(3, workplace.Starts);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_idle_daemon_is_ended()
    {
        var tool = Liar.Lines("honest");
        using var pool = workplace.Pool(tool with { Limits = tool.Limits with { Idle = TimeSpan.Zero } });
        Do(pool, 1);
        while (workplace.Count(ToolEventKind.Ended) == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Empty(ToolWorkplace.RunningTools());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancelled_request_ends_its_daemon_at_once()
    {
        var tool = Liar.Lines("hangs");
        using var pool = workplace.Pool(tool with { Limits = tool.Limits with { File = TimeSpan.FromMinutes(5) } });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Task.Run(() => pool.Run(workplace.Job(), stop.Token), TestContext.Current.CancellationToken);
        while (workplace.Starts == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(ToolWorkplace.RunningTools());
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_as_such()
    {
        using var pool = workplace.Pool(Liar.Lines("honest") with { Command = "/nowhere/tool" });
        var fault = Assert.Throws<ToolException>(() => workplace.Run(pool));
        Assert.Equal(ToolFaultKind.NotFound, fault.Kind);
        Assert.True(fault.IsOfTheMachine);
    }

    [Fact]
    public void A_tool_that_cannot_be_started_is_left_alone_for_a_while()
    {
        using var pool = workplace.Pool(Liar.Lines("dies before it is ready") with { RestartDelay = TimeSpan.FromMinutes(1) });
        Assert.DoesNotContain("left alone", Assert.Throws<ToolException>(() => workplace.Run(pool)).Message, StringComparison.Ordinal);
        Assert.Contains("left alone", Assert.Throws<ToolException>(() => workplace.Run(pool)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_tool_printed_is_kept_for_the_operator_only_when_asked_for()
    {
        var kept = Path.Combine(workplace.Folder, "kept");
        using var pool = workplace.Pool(Liar.Once("prints the patient's name") with { KeepOutputIn = kept, SuccessCodes = [9] });
        var refused = Assert.IsType<ToolResult.Refused>(workplace.Run(pool));
        var file = Assert.Single(Directory.GetFiles(kept));
        Assert.Contains(file, refused.Reason, StringComparison.Ordinal);
        Assert.Contains(TestFiles.Name, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Secrets_of_ours_are_not_in_the_environment_of_a_tool_and_its_virtual_environment_is()
    {
        Environment.SetEnvironmentVariable("SMI_RABBITMQ_PASSWORD", "secret");
        var kept = Path.Combine(workplace.Folder, "kept");
        var tool = new ToolDefinition
        {
            Name = "env",
            Stage = ToolStageKind.Tags,
            Command = "/bin/sh",
            Arguments = ["-c", "env; umask; ulimit -c; exit 1", "{source}"],
            VirtualEnvironment = "/opt/venv",
            Environment = new Dictionary<string, string> { ["SMI_ROOT"] = "{work}/root" },
            KeepOutputIn = kept,
            Attempts = 1,
        };
        using var pool = workplace.Pool(tool);
        workplace.Run(pool);
        Environment.SetEnvironmentVariable("SMI_RABBITMQ_PASSWORD", null);
        var printed = File.ReadAllLines(Assert.Single(Directory.GetFiles(kept)));
        Assert.DoesNotContain(printed, line => line.Contains("secret", StringComparison.Ordinal));
        Assert.Contains("VIRTUAL_ENV=/opt/venv", printed);
        Assert.Contains(printed, line => line.StartsWith("PATH=/opt/venv/bin:", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.StartsWith("SMI_ROOT=" + workplace.WorkFolder, StringComparison.Ordinal) && line.EndsWith("/root", StringComparison.Ordinal));
        Assert.Equal("0", printed[^1]);
    }

    [Fact]
    public void What_a_killed_process_of_ours_left_is_removed_by_the_next()
    {
        var gone = Path.Combine(workplace.WorkFolder, "smi-tool-1-1-abcdef");
        Directory.CreateDirectory(Path.Combine(gone, "tmp"));
        var start = new System.Diagnostics.ProcessStartInfo("sleep") { ArgumentList = { "600" }, Environment = { [ProcessTree.MarkVariable] = "1-1-abcdef" } };
        using var left = System.Diagnostics.Process.Start(start);
        LeftBehind.Remove(workplace.WorkFolder);
        Assert.False(Directory.Exists(gone));
        Assert.True(left?.WaitForExit(10_000));
    }

    private void Do(ToolPool pool, int files)
    {
        for (var file = 0; file < files; file++)
        {
            using var produced = Assert.IsType<ToolResult.Produced>(workplace.Run(pool));
            Assert.Equal(TestFiles.Id, produced.File.DataSet.GetString(Smi.Dicom.DicomTags.PatientId));
        }
    }
}
