namespace Smi.Extraction.Durability;

/// <summary>What the services ask of an original before they read it.</summary>
internal static class SourceFile
{
    /// <summary>Root may write whatever the permissions say; the permissions are what the operator meant. A read-only mount is as good.</summary>
    public static bool IsWriteable(string path) => File.Exists(path) && !new FileInfo(path).IsReadOnly && NativeFile.MayWrite(path);
}
