using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Smi.Messaging.Processes;
using Smi.Messaging.Storage;

namespace Smi.Extraction.Durability;

/// <summary>
/// Remembers across a crash which messages were in work when the process died. A message that was alone in work at two deaths is taken to
/// be the cause; one that died in company is worked on alone the next time, so that innocent neighbours are never blamed.
/// </summary>
/// <remarks>
/// The slots are a file of 16 bytes per worker, zero when idle. It is written whole at start: a full disk is an error then, and later nothing
/// needs space. It is not flushed: what a process has written outlives the process, and journals of an earlier boot are not counted.
/// </remarks>
internal sealed class WorkJournal : IDisposable
{
    private const int DeathsToCondemn = 2;
    private const int SlotLength = 16;
    private const string Extension = ".journal";

    private static readonly SqliteSchema Schema = new("journal of deaths", [
        "CREATE TABLE deaths(message TEXT PRIMARY KEY, alone INTEGER NOT NULL, together INTEGER NOT NULL) WITHOUT ROWID;",
    ]);

    private readonly string _path;
    private readonly SqliteConnection _deaths;
    private readonly SafeFileHandle _slots;
    private readonly Dictionary<Guid, int> _aloneAtDeath = [];
    private readonly HashSet<Guid> _suspects = [];
    private readonly Stack<int> _free;
    private readonly Lock _gate = new();

    public WorkJournal(string folder, int workers)
    {
        Directory.CreateDirectory(folder);
        _deaths = Schema.Open(Path.Combine(folder, "deaths.db"));
        TakeOver(folder);
        LoadSuspects();
        _path = Path.Combine(folder, $"{ProcessIdentity.Current}+{Guid.NewGuid():N}{Extension}");
        _slots = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(_slots, new byte[workers * SlotLength], 0);
        _free = new(Enumerable.Range(0, workers));
    }

    /// <summary>True when this message was alone in work at two deaths.</summary>
    public bool IsCondemned(Guid message)
    {
        lock (_gate)
        {
            return _aloneAtDeath.GetValueOrDefault(message) >= DeathsToCondemn;
        }
    }

    /// <summary>True when it was in work at a death: it must be worked on alone.</summary>
    public bool IsSuspect(Guid message)
    {
        lock (_gate)
        {
            return _suspects.Contains(message);
        }
    }

    /// <summary>Notes that a message is in work until the answer is disposed.</summary>
    public IDisposable Begin(Guid message)
    {
        lock (_gate)
        {
            var slot = _free.Pop();
            Write(slot, message);
            return new Entry(this, slot);
        }
    }

    /// <summary>The message was worked on to its end: whatever killed the process was not it.</summary>
    public void Acquit(Guid message)
    {
        lock (_gate)
        {
            // A condemned message was not worked on; when it comes again it must get the same answer.
            if (_aloneAtDeath.GetValueOrDefault(message) < DeathsToCondemn && _suspects.Remove(message))
            {
                _aloneAtDeath.Remove(message);
                Run("DELETE FROM deaths WHERE message=$message", message);
            }
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        File.Delete(_path);
        _deaths.Dispose();
    }

    private void End(int slot)
    {
        lock (_gate)
        {
            Write(slot, Guid.Empty);
            _free.Push(slot);
        }
    }

    private void Write(int slot, Guid message) => RandomAccess.Write(_slots, message.ToByteArray(), slot * SlotLength);

    /// <summary>
    /// Counts what dead processes left in their journals, each journal once. One process at a time: a crash in here may lose a count, which
    /// costs a third crash, and never counts twice, which would blame a message for nothing.
    /// </summary>
    private void TakeOver(string folder)
    {
        using var transaction = _deaths.BeginTransaction(deferred: false);
        foreach (var journal in Directory.EnumerateFiles(folder, "*" + Extension).ToList())
        {
            var owner = Path.GetFileNameWithoutExtension(journal).Split('+')[0];
            if (ProcessIdentity.TryParse(owner, out var process) && !process.MayBeAlive())
            {
                // A machine that went down took every process with it, whatever they worked on.
                if (process.Boot == ProcessIdentity.Current.Boot)
                {
                    Count(ReadSlots(journal));
                }

                File.Delete(journal);
            }
        }

        transaction.Commit();
    }

    private static List<Guid> ReadSlots(string journal) =>
        [.. File.ReadAllBytes(journal).Chunk(SlotLength).Where(slot => slot.Length == SlotLength).Select(slot => new Guid(slot)).Where(message => message != Guid.Empty)];

    private void Count(List<Guid> messages)
    {
        var column = messages.Count == 1 ? "alone" : "together";
        foreach (var message in messages)
        {
            Run($"INSERT INTO deaths VALUES($message,0,0) ON CONFLICT DO NOTHING", message);
            Run($"UPDATE deaths SET {column}={column}+1 WHERE message=$message", message);
        }
    }

    private void LoadSuspects()
    {
        using var command = _deaths.CreateCommand();
        command.CommandText = "SELECT message, alone FROM deaths";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var message = Guid.Parse(reader.GetString(0));
            _suspects.Add(message);
            _aloneAtDeath[message] = reader.GetInt32(1);
        }
    }

    private void Run(string sql, Guid message)
    {
        using var command = _deaths.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$message", message.ToString("D"));
        command.ExecuteNonQuery();
    }

    private sealed class Entry(WorkJournal journal, int slot) : IDisposable
    {
        public void Dispose() => journal.End(slot);
    }
}
