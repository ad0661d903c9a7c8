using Microsoft.Data.Sqlite;
using Smi.Messaging.Brokers;
using Smi.Messaging.Storage;

namespace Smi.Messaging.Embedded;

/// <summary>The tables of the embedded broker. One connection, used by one caller at a time; every change is one transaction.</summary>
internal sealed class EmbeddedStore : IDisposable
{
    private static readonly SqliteSchema Schema = new("message store", [
        """
        CREATE TABLE exchanges(name TEXT PRIMARY KEY, type TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE queues(name TEXT PRIMARY KEY, owner TEXT) WITHOUT ROWID;
        CREATE TABLE bindings(exchange TEXT NOT NULL, routing_key TEXT NOT NULL, queue TEXT NOT NULL,
            PRIMARY KEY(exchange, routing_key, queue)) WITHOUT ROWID;
        CREATE TABLE consumers(id TEXT PRIMARY KEY, process TEXT NOT NULL, queue TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE messages(id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, lease TEXT, deliveries INTEGER NOT NULL DEFAULT 0,
            routing_key TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX messages_waiting ON messages(queue, id) WHERE lease IS NULL;
        CREATE INDEX messages_leased ON messages(lease) WHERE lease IS NOT NULL;
        CREATE TABLE dead_letters(id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, rejected_at INTEGER NOT NULL,
            routing_key TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL);
        """,
    ]);

    private readonly SqliteConnection _connection;

    public EmbeddedStore(string path) => _connection = Schema.Open(path);

    public void Dispose() => _connection.Dispose();

    public void Declare(BrokerTopology topology) => InTransaction(() =>
    {
        foreach (var exchange in topology.Exchanges)
        {
            Run("INSERT OR REPLACE INTO exchanges VALUES($name,$type)", ("$name", exchange.Name), ("$type", exchange.Type));
        }

        foreach (var queue in topology.Queues)
        {
            Run("INSERT OR IGNORE INTO queues VALUES($name,NULL)", ("$name", queue));
        }

        foreach (var binding in topology.Bindings)
        {
            Bind(binding);
        }
    });

    public string? ExchangeType(string exchange) => Scalar("SELECT type FROM exchanges WHERE name=$name", ("$name", exchange)) as string;

    public bool HasQueue(string queue) => Scalar("SELECT 1 FROM queues WHERE name=$name", ("$name", queue)) is not null;

    public IReadOnlyList<BindingDeclaration> Bindings(string exchange)
    {
        using var command = Command("SELECT routing_key, queue FROM bindings WHERE exchange=$exchange", ("$exchange", exchange));
        using var reader = command.ExecuteReader();
        var bindings = new List<BindingDeclaration>();
        while (reader.Read())
        {
            bindings.Add(new(exchange, reader.GetString(0), reader.GetString(1)));
        }

        return bindings;
    }

    public QueueDepth? Count(string queue)
    {
        if (!HasQueue(queue))
        {
            return null;
        }

        // Each half has its index; without them every count would read every message.
        var messages = Scalar(
            """
            SELECT (SELECT COUNT(*) FROM messages WHERE queue=$queue AND lease IS NULL)
                + (SELECT COUNT(*) FROM consumers JOIN messages ON lease=consumers.id WHERE consumers.queue=$queue)
            """,
            ("$queue", queue));
        var consumers = Scalar("SELECT COUNT(*) FROM consumers WHERE queue=$queue", ("$queue", queue));
        return new(queue, messages is long waiting ? waiting : 0, consumers is long serving ? serving : 0);
    }

    public void Insert(IEnumerable<(string Queue, OutgoingMessage Message)> messages) => InTransaction(() =>
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO messages(queue, routing_key, headers, body) VALUES($queue,$key,$headers,$body)";
        var queue = command.Parameters.Add("$queue", SqliteType.Text);
        var key = command.Parameters.Add("$key", SqliteType.Text);
        var headers = command.Parameters.Add("$headers", SqliteType.Text);
        var body = command.Parameters.Add("$body", SqliteType.Blob);
        foreach (var (name, message) in messages)
        {
            queue.Value = name;
            key.Value = message.RoutingKey;
            headers.Value = StoredHeaders.Write(message.Header);
            body.Value = message.Body.ToArray();
            command.ExecuteNonQuery();
        }
    });

    public void AddConsumer(string id, string process, ConsumerSpecification consumer, long expires) => InTransaction(() =>
    {
        if (consumer.Transient is { } transient)
        {
            Run("INSERT OR REPLACE INTO queues VALUES($name,$owner)", ("$name", consumer.Queue), ("$owner", id));
            foreach (var key in transient.BindingKeys)
            {
                Bind(new(transient.Exchange, key, consumer.Queue));
            }
        }

        Run("INSERT INTO consumers VALUES($id,$process,$queue,$expires)",
            ("$id", id), ("$process", process), ("$queue", consumer.Queue), ("$expires", expires));
    });

    /// <summary>False when the consumer was taken for dead and its messages went elsewhere.</summary>
    public bool Renew(string consumer, long expires) =>
        Run("UPDATE consumers SET expires=$expires WHERE id=$id", ("$expires", expires), ("$id", consumer)) == 1;

    /// <summary>Gives back what the consumer still holds and forgets it, with its queue when that was a transient one.</summary>
    public void RemoveConsumer(string id) => InTransaction(() =>
    {
        Run("UPDATE messages SET lease=NULL WHERE lease=$id", ("$id", id));
        Run("DELETE FROM messages WHERE queue IN (SELECT name FROM queues WHERE owner=$id)", ("$id", id));
        Run("DELETE FROM bindings WHERE queue IN (SELECT name FROM queues WHERE owner=$id)", ("$id", id));
        Run("DELETE FROM queues WHERE owner=$id", ("$id", id));
        Run("DELETE FROM consumers WHERE id=$id", ("$id", id));
    });

    public IReadOnlyList<(string Id, string Process, long Expires)> Consumers()
    {
        using var command = Command("SELECT id, process, expires FROM consumers");
        using var reader = command.ExecuteReader();
        var consumers = new List<(string, string, long)>();
        while (reader.Read())
        {
            consumers.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return consumers;
    }

    public bool HasWaiting(string queue) =>
        Scalar("SELECT 1 FROM messages WHERE queue=$queue AND lease IS NULL LIMIT 1", ("$queue", queue)) is not null;

    /// <summary>Leases the oldest waiting messages to a consumer; with autoAck they are forgotten at once.</summary>
    public IReadOnlyList<StoredMessage> Lease(string consumer, string queue, int count, bool autoAck)
    {
        var leased = new List<StoredMessage>();
        InTransaction(() =>
        {
            // A consumer that was taken for dead must not hold leases that nobody would ever end.
            var sql = autoAck
                ? "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE queue=$queue AND lease IS NULL ORDER BY id LIMIT $count)"
                : """
                  UPDATE messages SET lease=$consumer, deliveries=deliveries+1
                  WHERE id IN (SELECT id FROM messages WHERE queue=$queue AND lease IS NULL ORDER BY id LIMIT $count)
                  AND EXISTS (SELECT 1 FROM consumers WHERE id=$consumer)
                  """;
            using var command = Command(
                sql + " RETURNING id, deliveries, routing_key, headers, body", ("$queue", queue), ("$count", count), ("$consumer", consumer));
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                leased.Add(new(
                    reader.GetInt64(0), reader.GetInt64(1) > 1, reader.GetString(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4)));
            }
        });

        // RETURNING promises no order.
        leased.Sort((left, right) => left.Id.CompareTo(right.Id));
        return leased;
    }

    public void Settle(string consumer, IEnumerable<long> messages, Settlement settlement, long now) => InTransaction(() =>
    {
        // Made once for all: most of what a statement costs is its preparation.
        using var end = Command(
            settlement == Settlement.Return ? "UPDATE messages SET lease=NULL WHERE id=$id AND lease=$lease" : "DELETE FROM messages WHERE id=$id AND lease=$lease",
            ("$id", 0L), ("$lease", consumer));
        foreach (var id in messages)
        {
            if (settlement == Settlement.Reject)
            {
                Run("""
                    INSERT INTO dead_letters(queue, rejected_at, routing_key, headers, body)
                    SELECT queue, $now, routing_key, headers, body FROM messages WHERE id=$id AND lease=$lease
                    """, ("$now", now), ("$id", id), ("$lease", consumer));
            }

            end.Parameters["$id"].Value = id;
            end.ExecuteNonQuery();
        }
    });

    public long CountDeadLetters() => Scalar("SELECT COUNT(*) FROM dead_letters") is long count ? count : 0;

    private void Bind(BindingDeclaration binding) =>
        Run("INSERT OR IGNORE INTO bindings VALUES($exchange,$key,$queue)",
            ("$exchange", binding.Exchange), ("$key", binding.RoutingKey), ("$queue", binding.Queue));

    private void InTransaction(Action change)
    {
        // Immediate: a read lock that has to become a write lock can lose against another process, a write lock only waits.
        using var transaction = _connection.BeginTransaction(deferred: false);
        change();
        transaction.Commit();
    }

    private int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
