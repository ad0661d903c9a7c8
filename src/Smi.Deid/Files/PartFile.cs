using Smi.Dicom;

namespace Smi.Deid.Files;

/// <summary>Files that are not finished: in the folder of their final name, readable by their owner only.</summary>
public static class PartFile
{
    private const string Prefix = ".smi-";
    private const string Suffix = ".part";

    /// <summary>A name that no other process and no other file uses; it says which process made it.</summary>
    public static string NameIn(ConfinedPath folder) => Path.Combine(
        folder.FullPath,
        $"{Prefix}{PartOwner.Current.Process}-{PartOwner.Current.Host}-{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}{Suffix}");

    /// <summary>The process that made a part file; null when the file is none.</summary>
    public static PartOwner? OwnerOf(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            && name[Prefix.Length..^Suffix.Length].Split('-') is [var number, var host, _] && int.TryParse(number, out var process)
            ? new PartOwner(process, host)
            : null;
    }

    internal static void Write(string path, DeidContext context, CancellationToken cancellation)
    {
        using var file = Create(path);
        using var target = new PartStream(file.SafeFileHandle, cancellation);
        DicomWriter.WriteFile(target, FileMetaInformation.For(context.Edited), context.OutputSyntax, context.Edited);
        target.Flush();
    }

    // Most files go into a folder that the one before has made.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            return new FileStream(path, options);
        }
        catch (Exception missing) when (missing is DirectoryNotFoundException or FileNotFoundException)
        {
            // Whichever it is called: the folder was missing, and another thread may have made it since.
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
            return new FileStream(path, options);
        }
    }
}
