using Smi.Tests.Anonymise;

namespace Smi.Tests.Verify;

public sealed class LeakScanTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task Scans_each_folder_once_however_links_go_in_circles()
    {
        folders.Add("study/a.dcm");
        folders.Add("b.dcm");
        await folders.Run();
        var elsewhere = Directory.CreateDirectory(folders.Below("elsewhere")).FullName;
        File.Copy(Path.Combine(folders.Out, "b.dcm"), Path.Combine(elsewhere, "c.dcm"));
        Link("study/up", folders.Out);
        Link("first", folders.Out);
        Link("second", Path.Combine(folders.Out, "study"));
        Link("third", elsewhere);
        File.CreateSymbolicLink(Path.Combine(elsewhere, "back"), folders.Out);

        var scan = await SmiProcess.Run("verify", folders.Out);

        Assert.Equal("3 files scanned, 0 findings", scan.Output.Trim());
        Assert.Equal(ExitCode.Done, scan.ExitCode);
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_a_finding()
    {
        folders.Add("a.dcm");
        folders.Add("b.dcm");
        await folders.Run();
        Link("nowhere", folders.Below("nothing"));
        Folders.Tool("mkfifo", Path.Combine(folders.Out, "pipe"), Path.Combine(folders.Out, "jobId.txt"));
        Directory.CreateDirectory(Path.Combine(folders.Out, "locked"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(folders.In, "b.dcm"), UnixFileMode.None);

        var scan = await SmiProcess.RunUnprivileged("verify", folders.Out, "--original", folders.In);

        Assert.Equal(
            [
                "b.dcm: of the originals: the file cannot be read: the file may not be read",
                "jobId.txt: the file cannot be read: this is no regular file but a folder, a pipe, a socket or a device",
                "locked: the folder may not be read",
                "nowhere: a link that leads nowhere",
                "pipe: the file cannot be read: this is no regular file but a folder, a pipe, a socket or a device",
                "5 files scanned, 5 findings",
            ],
            scan.Output.TrimEnd().Split('\n'));
        Assert.Equal(ExitCode.Refused, scan.ExitCode);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(folders.Out, name), target);
}
