namespace Smi.Tests.Anonymise;

public sealed class PseudonymMappingTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task Lists_original_and_replacement_of_UIDs_and_Patient_IDs_for_their_owner_only()
    {
        folders.Add("scan.dcm");
        var mapping = folders.Below("mapping.csv");

        await folders.Run(folders.Options() with { MappingFile = mapping });

        var lines = await File.ReadAllLinesAsync(mapping, TestContext.Current.CancellationToken);
        Assert.Equal("kind,original,replacement", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("patient_id,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("uid,", StringComparison.Ordinal) && line.Contains(",2.25.", StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(mapping));
    }
}
