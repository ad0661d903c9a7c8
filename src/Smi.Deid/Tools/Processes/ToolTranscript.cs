using System.Globalization;
using System.Runtime.InteropServices;

namespace Smi.Deid.Tools.Processes;

/// <summary>
/// What a tool printed: counted always, kept only when the operator asked for it, and then never shown but written to a file that only its owner
/// can read. It may hold patients' names.
/// </summary>
internal sealed class ToolTranscript(string tool, string? folder)
{
    private const int Longest = 1024 * 1024;

    private readonly List<byte> kept = [];

    public long Output { get; private set; }

    public long Errors { get; private set; }

    public void AddOutput(ReadOnlySpan<byte> bytes)
    {
        Output += bytes.Length;
        Keep(bytes);
    }

    public void AddErrors(ReadOnlySpan<byte> bytes)
    {
        Errors += bytes.Length;
        Keep(bytes);
    }

    public void Clear()
    {
        (Output, Errors) = (0, 0);
        kept.Clear();
    }

    /// <summary>Counts, and where the rest is kept; for messages.</summary>
    public string Describe()
    {
        var counts = string.Create(CultureInfo.InvariantCulture, $"it printed {Output} bytes, and {Errors} as errors");
        return folder is null || kept.Count == 0 ? counts : $"{counts}, kept in {Write(folder)}";
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (folder is not null)
        {
            kept.AddRange(bytes[..Math.Min(bytes.Length, Longest - kept.Count)]);
        }
    }

    private string Write(string into)
    {
        Directory.CreateDirectory(into, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(into, $"{tool}-{Guid.NewGuid():N}.txt");
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(CollectionsMarshal.AsSpan(kept));
        return path;
    }
}
