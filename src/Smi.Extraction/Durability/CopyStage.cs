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

    public static CopyStage Copy(string source, ConfinedPath output)
    {
        Directory.CreateDirectory(output.Folder.FullPath);
        var part = PartFile.NameIn(output.Folder);
        var stage = new CopyStage(part, output);
        try
        {
            using (var target = new FileStream(part, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            using (var original = File.OpenRead(source))
            {
                original.CopyTo(target, BlockLength);
            }

            return AreEqual(source, part) ? stage : throw new IOException("the copy differs from its original");
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

    private static bool AreEqual(string left, string right)
    {
        using var first = File.OpenRead(left);
        using var second = File.OpenRead(right);
        var (one, other) = (new byte[BlockLength], new byte[BlockLength]);
        while (true)
        {
            var count = first.ReadAtLeast(one, BlockLength, throwOnEndOfStream: false);
            if (second.ReadAtLeast(other, BlockLength, throwOnEndOfStream: false) != count || !one.AsSpan(0, count).SequenceEqual(other.AsSpan(0, count)))
            {
                return false;
            }

            if (count == 0)
            {
                return true;
            }
        }
    }
}
