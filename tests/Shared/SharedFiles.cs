namespace Smi.Tests;

/// <summary>Real files beside the repository, where somebody has put them; tests are complete without them.</summary>
internal static class SharedFiles
{
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>All files below <c>../shared/FOLDER</c>, or none.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        var path = Path.Combine(RepositoryRoot, "..", "shared", folder);
        return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "smi.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
