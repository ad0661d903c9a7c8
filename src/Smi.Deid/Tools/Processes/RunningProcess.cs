using System.Buffers.Text;
using System.Globalization;

namespace Smi.Deid.Tools.Processes;

/// <summary>A process as /proc shows it (proc(5), "stat"). The start time tells it from a later one with the same number.</summary>
internal readonly record struct RunningProcess(int Id, char State, int Parent, int Session, long Start, long ResidentPages)
{
    private const int SessionField = 3;
    private const int StartField = 19;
    private const int ResidentField = 21;

    public bool HasEnded => State is 'Z' or 'X';

    /// <summary>Null when it is gone.</summary>
    public static RunningProcess? Find(int id)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = NativeProcess.ReadStart(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), buffer);
        return length <= 0 ? null : Parse(id, buffer[..length]);
    }

    /// <summary>Every process that can be seen.</summary>
    public static List<RunningProcess> All()
    {
        var all = new List<RunningProcess>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Find(id) is { } process)
            {
                all.Add(process);
            }
        }

        return all;
    }

    /// <summary>False when the environment cannot be read: another user's process, or one that is just ending.</summary>
    public bool ReadEnvironment(out ReadOnlySpan<byte> environment)
    {
        var buffer = new byte[64 * 1024];
        var length = NativeProcess.ReadStart(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/environ"), buffer);
        environment = buffer.AsSpan(0, Math.Max(0, length));
        return length >= 0;
    }

    /// <summary>It runs a program. One that is just starting it has neither arguments nor environment yet.</summary>
    public bool HasArguments()
    {
        Span<byte> buffer = stackalloc byte[1];
        return NativeProcess.ReadStart(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/cmdline"), buffer) > 0;
    }

    // The command name is in parentheses and may itself hold blanks and parentheses.
    private static RunningProcess? Parse(int id, ReadOnlySpan<byte> stat)
    {
        var close = stat.LastIndexOf((byte)')');
        if (close < 0 || close + 2 >= stat.Length)
        {
            return null;
        }

        var fields = stat[(close + 2)..];
        Span<long> numbers = stackalloc long[ResidentField + 1];
        var state = (char)fields[0];
        var index = 0;
        foreach (var range in fields.Split((byte)' '))
        {
            if (index > ResidentField)
            {
                break;
            }

            numbers[index++] = Utf8Parser.TryParse(fields[range], out long number, out _) ? number : 0;
        }

        return index <= ResidentField
            ? null
            : new RunningProcess(id, state, (int)numbers[1], (int)numbers[SessionField], numbers[StartField], numbers[ResidentField]);
    }
}
