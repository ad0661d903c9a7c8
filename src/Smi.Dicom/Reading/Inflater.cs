using System.Buffers;
using System.IO.Compression;

namespace Smi.Dicom.Reading;

/// <summary>Inflates the data set of a deflated file (PS3.5 A.5): into memory, or past a bound into a nameless file that only its owner can read.</summary>
internal static class Inflater
{
    private const int HeldLength = 64 * 1024 * 1024;
    private const int BlockLength = 128 * 1024;

    // Larger ones are seldom enough for memory of their own.
    private const int PooledLength = 1024 * 1024;

    public static DicomSource Inflate(DicomSource source, long start, long maxLength)
    {
        using var deflated = new SourceStream(source, start);
        using var inflater = new DeflateStream(deflated, CompressionMode.Decompress);
        var blocks = new List<byte[]>();
        try
        {
            return Read(inflater, blocks, maxLength);
        }
        catch (InvalidDataException exception)
        {
            throw new DicomFormatException("the deflated data set is damaged", start, inner: exception);
        }
        finally
        {
            blocks.ForEach(block => ArrayPool<byte>.Shared.Return(block));
        }
    }

    /// <summary>In pooled blocks, and then in one array: memory that grows to its length, and every other large one, calls for full collections.</summary>
    private static DicomSource Read(DeflateStream inflater, List<byte[]> blocks, long maxLength)
    {
        for (var length = 0L; length + BlockLength <= HeldLength;)
        {
            blocks.Add(ArrayPool<byte>.Shared.Rent(BlockLength));
            var count = ReadBlock(inflater, blocks[^1], length, maxLength);
            length += count;
            if (count < BlockLength)
            {
                return Joined(blocks, (int)length);
            }
        }

        return ReadIntoFile(inflater, blocks, maxLength);
    }

    private static int ReadBlock(DeflateStream inflater, byte[] block, long before, long maxLength)
    {
        var count = inflater.ReadAtLeast(block.AsSpan(0, BlockLength), BlockLength, throwOnEndOfStream: false);
        return before + count <= maxLength ? count : throw new DicomFormatException($"the data set inflates to more than {maxLength} bytes");
    }

    private static MemoryDicomSource Joined(List<byte[]> blocks, int length)
    {
        var isPooled = length <= PooledLength;
        var joined = isPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        for (var at = 0; at < length; at += BlockLength)
        {
            blocks[at / BlockLength].AsSpan(0, Math.Min(BlockLength, length - at)).CopyTo(joined.AsSpan(at));
        }

        return new MemoryDicomSource(joined, length, isPooled ? () => ArrayPool<byte>.Shared.Return(joined) : null);
    }

    private static FileDicomSource ReadIntoFile(DeflateStream inflater, List<byte[]> blocks, long maxLength)
    {
        var file = CreateNameless();
        try
        {
            blocks.ForEach(block => file.Write(block, 0, BlockLength));
            var length = (long)blocks.Count * BlockLength;
            while (ReadBlock(inflater, blocks[0], length, maxLength) is var count and > 0)
            {
                file.Write(blocks[0], 0, count);
                length += count;
            }

            return FlushedSource(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream CreateNameless()
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
        return file;
    }

    private static FileDicomSource FlushedSource(FileStream file)
    {
        file.Flush();
        return new FileDicomSource(file.SafeFileHandle);
    }
}
