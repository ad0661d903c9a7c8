using Microsoft.Data.Sqlite;
using Smi.Messaging.Storage;

namespace Smi.Extraction.CohortExtractor;

/// <summary>The embedded index of headers: which file holds which instance, in SQLite, so that no database server is needed.</summary>
internal sealed class DicomIndex : IDisposable
{
    private static readonly SqliteSchema Schema = new("header index", [
        """
        CREATE TABLE files(path TEXT PRIMARY KEY, length INTEGER NOT NULL, modified INTEGER NOT NULL, study TEXT, series TEXT, instance TEXT,
            modality TEXT, image_type TEXT, patient_id TEXT, sop_class TEXT) WITHOUT ROWID;
        CREATE INDEX files_study ON files(study);
        CREATE INDEX files_series ON files(series);
        CREATE INDEX files_instance ON files(instance);
        """,
    ]);

    private readonly SqliteConnection _connection;

    public DicomIndex(string path) => _connection = Schema.Open(path);

    public void Dispose() => _connection.Dispose();

    /// <summary>True when the file stands in the index as it is now.</summary>
    public bool IsCurrent(string path, long length, long modified)
    {
        using var command = Command("SELECT 1 FROM files WHERE path=$path AND length=$length AND modified=$modified");
        command.Parameters.AddWithValue("$path", path);
        command.Parameters.AddWithValue("$length", length);
        command.Parameters.AddWithValue("$modified", modified);
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Puts headers into the index, all or none.</summary>
    public void Put(IReadOnlyList<IndexEntry> entries)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        using var command = Command("INSERT OR REPLACE INTO files VALUES($0,$1,$2,$3,$4,$5,$6,$7,$8,$9)");
        var parameters = Enumerable.Range(0, 10).Select(index => command.Parameters.AddWithValue($"${index}", DBNull.Value)).ToArray();
        foreach (var entry in entries)
        {
            object?[] values =
            [
                entry.Path, entry.Length, entry.Modified, entry.StudyInstanceUid, entry.SeriesInstanceUid, entry.SopInstanceUid, entry.Modality,
                entry.ImageType, entry.PatientId, entry.SopClassUid,
            ];
            for (var index = 0; index < values.Length; index++)
            {
                parameters[index].Value = values[index] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Takes files out that are no longer there; answers how many.</summary>
    public int RemoveMissing(Func<string, bool> isGone)
    {
        var gone = new List<string>();
        using (var all = Command("SELECT path FROM files"))
        using (var reader = all.ExecuteReader())
        {
            while (reader.Read())
            {
                var path = reader.GetString(0);
                if (isGone(path))
                {
                    gone.Add(path);
                }
            }
        }

        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var path in gone)
        {
            using var command = Command("DELETE FROM files WHERE path=$path");
            command.Parameters.AddWithValue("$path", path);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return gone.Count;
    }

    public IEnumerable<(string Key, IndexEntry Entry)> Find(string keyTag, IReadOnlyList<string> keys)
    {
        var column = keyTag switch
        {
            "StudyInstanceUID" => "study",
            "SeriesInstanceUID" => "series",
            _ => "instance",
        };
        using var command = Command($"SELECT {column}, * FROM files WHERE {column} IN ({string.Join(',', keys.Select((_, index) => $"$k{index}"))})");
        for (var index = 0; index < keys.Count; index++)
        {
            command.Parameters.AddWithValue($"$k{index}", keys[index]);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (reader.GetString(0), Entry(reader));
        }
    }

    private static IndexEntry Entry(SqliteDataReader reader) => new()
    {
        Path = reader.GetString(1),
        Length = reader.GetInt64(2),
        Modified = reader.GetInt64(3),
        StudyInstanceUid = Text(reader, 4),
        SeriesInstanceUid = Text(reader, 5),
        SopInstanceUid = Text(reader, 6),
        Modality = Text(reader, 7),
        ImageType = Text(reader, 8),
        PatientId = Text(reader, 9),
        SopClassUid = Text(reader, 10),
    };

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
