using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Smi.Dicom.Reading;

/// <summary>Opens files only: a pipe would block until somebody writes to it, and a device may do anything.</summary>
internal static partial class RegularFile
{
    // statx(2) has the same layout on every architecture.
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int BufferLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;

    /// <exception cref="DicomFormatException">There is something else than a file.</exception>
    /// <exception cref="DicomReadException">The file may not be read, or reading fails.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (IsSomethingElse(path))
        {
            throw new DicomFormatException("this is no regular file but a folder, a pipe, a socket or a device");
        }

        try
        {
            return File.OpenHandle(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DicomReadException("the file may not be read", exception);
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new DicomReadException("the file cannot be opened", exception);
        }
    }

    private static unsafe bool IsSomethingElse(string path)
    {
        var buffer = stackalloc byte[BufferLength];
        return Statx(CurrentFolder, path, 0, TypeOnly, buffer) == 0 && (*(ushort*)(buffer + ModeOffset) & TypeMask) != RegularType;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
