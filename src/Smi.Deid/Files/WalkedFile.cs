namespace Smi.Deid.Files;

/// <summary>A file that a walk met, or a folder that it could not look into.</summary>
/// <param name="Path">Below the start, links included.</param>
/// <param name="IsLink">It is a link: to a file, to a folder that is no folder any more, or to nothing.</param>
/// <param name="Fault">Why the folder could not be read, or not to its end; null for a file.</param>
public sealed record WalkedFile(string Path, bool IsLink, Exception? Fault = null)
{
    /// <summary>False where the name is not valid UTF-8: .NET reads names so, and by such a name the file cannot be found again.</summary>
    public bool CanBeNamed => !Path.Contains('\uFFFD', StringComparison.Ordinal) || File.Exists(Path);
}
