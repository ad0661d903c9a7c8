using System.Diagnostics;
using Smi.Extraction.Doctor;
using Smi.Extraction.Tests.Workflow;

namespace Smi.Extraction.Tests.Doctor;

public sealed class FolderChecksTests
{
    [Fact]
    public async Task Looks_at_each_original_once_however_links_go_in_circles_and_opens_no_pipe()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 5);
        File.CreateSymbolicLink(Path.Combine(deployment.Sources, "first"), deployment.Sources);
        File.CreateSymbolicLink(Path.Combine(deployment.Sources, "second"), deployment.Sources);
        using (var made = Process.Start("mkfifo", [Path.Combine(deployment.Sources, "pipe")]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var checks = FolderChecks.Run(deployment.Settings, TestContext.Current.CancellationToken);

        var looked = Assert.Single(checks, check => check.Name == "originals are DICOM");
        Assert.StartsWith($"{samples.Count} of the first {samples.Count} are DICOM", looked.Detail, StringComparison.Ordinal);
    }
}
