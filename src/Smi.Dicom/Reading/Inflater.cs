using System.Buffers;
using System.IO.Compression;

namespace Smi.Dicom.Reading;

/// <summary>Inflates the data set of a deflated file (PS3.5 A.5): into memory, or past a bound into a nameless file that only its owner can read.</summary>
internal static class Inflater
{
    private const int HeldLength = 64 * 1024 * 1024;
    private const int BlockLength = 128 * 1024;

    public static DicomSource Inflate(DicomSource source, long start, long maxLength)
    {
        using var deflated = new SourceStream(source, start);
        using var inflater = new DeflateStream(deflated, CompressionMode.Decompress);
        Stream inflated = new MemoryStream();
        try
        {
            return CopyAll(inflater, ref inflated, maxLength);
        }
        catch (InvalidDataException exception)
        {
            inflated.Dispose();
            throw new DicomFormatException("the deflated data set is damaged", start, inner: exception);
        }
        catch
        {
            inflated.Dispose();
            throw;
        }
    }

    private static DicomSource CopyAll(DeflateStream inflater, ref Stream inflated, long maxLength)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            while (inflater.Read(block, 0, BlockLength) is var count and > 0)
            {
                if (inflated.Length + count > maxLength)
                {
                    throw new DicomFormatException($"the data set inflates to more than {maxLength} bytes");
                }

                if (inflated is MemoryStream memory && memory.Length + count > HeldLength)
                {
                    inflated = Spill(memory);
                }

                inflated.Write(block, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return inflated is FileStream file
            ? FlushedSource(file)
            : new MemoryDicomSource(((MemoryStream)inflated).GetBuffer(), (int)inflated.Length);
    }

    private static FileStream Spill(MemoryStream memory)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        // Nameless from here on, so that nothing stays behind when the process is killed.
        File.Delete(path);
        memory.WriteTo(file);
        memory.Dispose();
        return file;
    }

    private static FileDicomSource FlushedSource(FileStream file)
    {
        file.Flush();
        return new FileDicomSource(file.SafeFileHandle);
    }
}
