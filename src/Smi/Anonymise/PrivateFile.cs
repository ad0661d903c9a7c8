namespace Smi.Anonymise;

/// <summary>Files that may hold values or paths: mode 0600 from their first byte.</summary>
internal static class PrivateFile
{
    public static FileStream Create(string path)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = ownerOnly });
        // An existing file keeps its mode when it is opened.
        File.SetUnixFileMode(file.SafeFileHandle, ownerOnly);
        return file;
    }
}
