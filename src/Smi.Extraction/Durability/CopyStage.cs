using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>A byte copy beside its final name, read again and compared before it gets that name.</summary>
internal sealed class CopyStage : IDisposable
{
    private const int BlockLength = 256 * 1024;
    private readonly string _part;
    private bool _ended;

    private CopyStage(string part, ConfinedPath output)
    {
        _part = part;
        Output = output;
    }

    public string PartPath => _part;

    public ConfinedPath Output { get; }

    public static CopyStage Copy(SafeFileHandle source, ConfinedPath output)
    {
        Directory.CreateDirectory(output.Folder.FullPath);
        var part = PartFile.NameIn(output.Folder);
        var stage = new CopyStage(part, output);
        try
        {
            Write(source, part);
            using var copy = File.OpenHandle(part);
            return AreEqual(source, copy) ? stage : throw new IOException("the copy differs from its original");
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <summary>False when the name is taken by a file with other bytes.</summary>
    public bool Commit()
    {
        _ended = true;
        try
        {
            File.Move(_part, Output.FullPath, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(Output.FullPath))
        {
            var isSame = AreEqual(_part, Output.FullPath);
            File.Delete(_part);
            return isSame;
        }
    }

    public void Dispose()
    {
        if (!_ended)
        {
            File.Delete(_part);
        }
    }

    private static void Write(SafeFileHandle source, string part)
    {
        using var target = new FileStream(part, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        var block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            long offset = 0;
            while (RandomAccess.Read(source, block, offset) is var count and > 0)
            {
                target.Write(block, 0, count);
                offset += count;
            }
        }
        finally
        {
            // Not given on: it holds what identifies a patient.
            ArrayPool<byte>.Shared.Return(block, clearArray: true);
        }
    }

    private static bool AreEqual(string left, string right)
    {
        using var first = File.OpenHandle(left);
        using var second = File.OpenHandle(right);
        return AreEqual(first, second);
    }

    private static bool AreEqual(SafeFileHandle left, SafeFileHandle right)
    {
        var (one, other) = (ArrayPool<byte>.Shared.Rent(BlockLength), ArrayPool<byte>.Shared.Rent(BlockLength));
        try
        {
            for (long offset = 0; ; offset += BlockLength)
            {
                var first = ReadBlock(left, one, offset);
                var second = ReadBlock(right, other, offset);
                if (!first.SequenceEqual(second))
                {
                    return false;
                }

                if (first.Length < BlockLength)
                {
                    return true;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(one, clearArray: true);
            ArrayPool<byte>.Shared.Return(other, clearArray: true);
        }
    }

    /// <summary>Shorter than a block only at the end of the file.</summary>
    private static ReadOnlySpan<byte> ReadBlock(SafeFileHandle file, byte[] block, long offset)
    {
        var length = 0;
        while (length < BlockLength && RandomAccess.Read(file, block.AsSpan(length, BlockLength - length), offset + length) is var count and > 0)
        {
            length += count;
        }

        return block.AsSpan(0, length);
    }
}
