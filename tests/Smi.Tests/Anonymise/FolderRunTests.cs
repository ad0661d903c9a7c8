using System.Net.Sockets;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Verbs;

namespace Smi.Tests.Anonymise;

public sealed class FolderRunTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task A_pipe_a_socket_and_a_link_to_a_device_are_refused_and_the_rest_goes_on()
    {
        folders.Add("scan.dcm");
        Folders.Tool("mkfifo", Path.Combine(folders.In, "pipe"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folders.In, "socket")));
        File.CreateSymbolicLink(Path.Combine(folders.In, "device"), "/dev/zero");

        var run = Task.Run(() => folders.Run(), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Refused, await run.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));

        var outcomes = folders.Outcomes();
        Assert.Contains("no regular file", outcomes["pipe"], StringComparison.Ordinal);
        Assert.Contains("no regular file", outcomes["socket"], StringComparison.Ordinal);
        Assert.StartsWith("refused", outcomes["device"], StringComparison.Ordinal);
        Assert.Equal(["scan.dcm"], folders.Outputs());
    }

    [Fact]
    public async Task The_report_says_how_much_of_each_image_was_examined()
    {
        folders.Add("scan.dcm");
        folders.Add("note.txt", "no image"u8.ToArray());

        await folders.Run(folders.Options() with { Policy = new DeidPolicy { Clean = CleanOptions.Pixels } });

        var examined = File.ReadLines(folders.Report).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("path").GetString() ?? "", line => line.GetProperty("examined").GetRawText());
        Assert.Equal("""{"frames":1,"overlayFrames":0,"reader":null}""", examined["scan.dcm"]);
        Assert.Equal("""{"frames":0,"overlayFrames":0,"reader":null}""", examined["note.txt"]);
    }

    [Fact]
    public async Task Two_inputs_that_become_one_output_give_one_file_and_a_refusal()
    {
        folders.Add("a.dcm");
        folders.Add("b.dcm");

        Assert.Equal(ExitCode.Refused, await folders.Run(folders.Options(mirrors: false)));

        Assert.Single(folders.Outputs());
        Assert.Equal(
            ["anonymised", "refused another input of this run became the same output"],
            folders.Outcomes().Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OUT_may_not_be_IN_or_lie_inside_it_not_even_through_a_link()
    {
        folders.Add("scan.dcm");
        var link = folders.Below("link");
        Directory.CreateSymbolicLink(link, folders.In);

        foreach (var output in (string[])[folders.In, Path.Combine(folders.In, "out"), link, Path.Combine(link, "out")])
        {
            await Assert.ThrowsAsync<UsageException>(() => folders.Run(folders.Options(output: output)));
        }

        Assert.Equal(["scan.dcm"], Directory.GetFileSystemEntries(folders.In).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_original_is_never_replaced_by_its_output()
    {
        var scan = folders.Add("scan.dcm");
        var before = await File.ReadAllBytesAsync(scan, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<UsageException>(() => folders.Run(folders.Options(input: scan, output: folders.In, overwrite: true)));
        await Assert.ThrowsAsync<UsageException>(() => folders.Run(folders.Options(output: folders.Below("."), overwrite: true)));

        Assert.Equal(before, await File.ReadAllBytesAsync(scan, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_single_file_is_an_input_like_a_folder()
    {
        Assert.Equal(ExitCode.Done, await folders.Run(folders.Options(input: folders.Add("deep/scan.dcm"))));
        Assert.Equal(["scan.dcm"], folders.Outputs());
    }

    [Fact]
    public async Task OUT_that_is_a_file_is_a_usage_error()
    {
        folders.Add("scan.dcm");
        var file = folders.Below("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        Assert.Contains("is a file", (await Assert.ThrowsAsync<UsageException>(() => folders.Run(folders.Options(output: file)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfinished_files_of_a_run_that_was_killed_are_taken_away_and_the_rerun_completes()
    {
        folders.Add("scan.dcm");
        Directory.CreateDirectory(folders.Out);
        await File.WriteAllTextAsync(Path.Combine(folders.Out, $".smi-2147483000-{PartOwner.Current.Host}-abc.part"), "half", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Done, await folders.Run());
        Assert.Equal(["scan.dcm"], folders.Outputs());
        Assert.Equal(ExitCode.Done, await folders.Run(folders.Options(overwrite: true)));
    }

    [Fact]
    public async Task A_cancelled_run_leaves_nothing_unfinished()
    {
        folders.Add("scan.dcm");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Smi.Anonymise.FolderRun.Execute(folders.Options(), TimeProvider.System, cancelled.Token));

        Assert.Empty(folders.Outputs());
    }

    [Fact]
    public async Task A_folder_that_disappears_is_reported_and_the_walk_goes_on()
    {
        folders.Add("scan.dcm");
        var root = new ConfinedRoot(Directory.CreateDirectory(folders.Below("nowhere")).FullName);
        Directory.Delete(root.Path);

        var found = Smi.Anonymise.InputFiles.In(root).Single();

        Assert.Equal("the folder could not be read to its end", found.Trouble);
        Assert.Equal(ExitCode.Done, await folders.Run());
    }
}
