using System.Diagnostics;
using Smi.Deid.Samples;
using Smi.Dicom;

namespace Smi.Tests.Anonymise;

/// <summary>What only shows in a process: signals, permissions, and what stands on a terminal.</summary>
public sealed class FolderProcessTests : IDisposable
{
    private const long LargeLength = 2L << 30;
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_that_comes_twice_ends_the_run_and_leaves_no_unfinished_file(string signal)
    {
        MakeLargeFile(folders.Add("large.dcm"));
        var run = SmiProcess.RunWith(
            process =>
            {
                WaitForPart(process);
                Folders.Tool("kill", $"-{signal}", $"{process.Id}");
                Folders.Tool("sh", "-c", $"kill -{signal} {process.Id} 2>/dev/null || true");
            },
            "anonymise", folders.In, folders.Out, "--clean", "none");

        var ended = await run;
        Assert.Equal(ExitCode.Fault, ended.ExitCode);
        Assert.Contains("stopped", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(folders.Outputs());
    }

    [Fact]
    public async Task What_may_not_be_read_is_reported_and_the_rest_goes_on()
    {
        folders.Add("scan.dcm");
        Folders.Tool("chmod", "000", folders.Add("secret.dcm"));
        folders.Add("closed/other.dcm");
        Folders.Tool("chmod", "000", Path.Combine(folders.In, "closed"));

        var run = await SmiProcess.RunUnprivileged("anonymise", folders.In, folders.Out, "--clean", "none", "--names", "source");

        Assert.True(run.ExitCode == ExitCode.Refused, run.Output + run.Errors);
        Assert.Contains("refused: closed: read: the folder may not be read\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("refused: secret.dcm: read: the file may not be read\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["scan.dcm"], folders.Outputs());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_a_fault_with_its_reason()
    {
        folders.Add("scan.dcm");
        Directory.CreateDirectory(folders.Out);
        Folders.Tool("chmod", "555", folders.Out);

        var run = await SmiProcess.RunUnprivileged("anonymise", folders.In, folders.Out, "--clean", "none");

        Assert.True(run.ExitCode == ExitCode.Fault, run.Output + run.Errors);
        Assert.Contains("smi: OUT cannot be written to: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("0 files de-identified", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_a_terminal_would_obey_are_escaped()
    {
        await File.WriteAllTextAsync(Path.Combine(folders.In, "a\n\u001b[2J\u202Egnp.dcm"), "no image", TestContext.Current.CancellationToken);

        var run = await SmiProcess.Run("anonymise", folders.In, folders.Out, "--clean", "none");

        Assert.Contains(@"refused: a\u000A\u001B[2J\u202Egnp.dcm: ", run.Output, StringComparison.Ordinal);
    }

    // A multi-frame image whose pixels are a hole in the file.
    private static void MakeLargeFile(string path)
    {
        var scan = SampleHospital.Make(1)[0];
        var frameLength = scan.DataSet.FindValue(DicomTags.PixelData)?.Length ?? throw new InvalidOperationException("the sample has no pixels");
        var image = scan.DataSet.Copy();
        image.SetString(new DicomTag(0x0028, 0x0008), VR.IS, $"{LargeLength / frameLength}");
        using var bytes = new MemoryStream();
        new SampleFile { RelativePath = scan.RelativePath, DataSet = image, Syntax = scan.Syntax, Identifiers = [] }.Write(bytes);
        var content = bytes.ToArray();
        var pixels = content.AsSpan().LastIndexOf<byte>([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0]);
        Assert.True(pixels > 0);
        var length = LargeLength / frameLength * frameLength;
        BitConverter.TryWriteBytes(content.AsSpan(pixels + 8), (uint)length);
        using var file = File.Create(path);
        file.Write(content.AsSpan(0, pixels + 12));
        file.SetLength(pixels + 12 + length);
    }

    private void WaitForPart(Process process)
    {
        while (!process.HasExited && !folders.Outputs().Any(path => path.EndsWith(".part", StringComparison.Ordinal)))
        {
            Thread.Yield();
        }
    }
}
