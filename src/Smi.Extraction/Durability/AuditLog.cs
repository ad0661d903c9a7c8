using System.Text;
using System.Text.Json.Nodes;

namespace Smi.Extraction.Durability;

/// <summary>An append-only log of who de-identified how much, under which policy and key: one JSON line per start, per hour and per stop.</summary>
internal sealed class AuditLog : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();

    public AuditLog(string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        _clock = clock;
        _file = new(Path.Combine(folder, "audit.jsonl"), new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
        });
    }

    public void Write(string happening, JsonObject facts)
    {
        facts["time"] = _clock.GetUtcNow().ToString("O");
        facts["event"] = happening;
        facts["user"] = Environment.UserName;
        facts["host"] = Environment.MachineName;
        facts["process"] = Environment.ProcessId;
        lock (_gate)
        {
            _file.Write(Encoding.UTF8.GetBytes(facts.ToJsonString() + "\n"));
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}
