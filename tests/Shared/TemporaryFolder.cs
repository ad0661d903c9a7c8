namespace Smi.Tests;

/// <summary>A folder of a test; gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("smi-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Below(string relative) => System.IO.Path.Combine(Path, relative);
}
