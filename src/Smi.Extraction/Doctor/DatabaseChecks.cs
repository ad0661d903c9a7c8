using System.Data.Common;
using Microsoft.Data.Sqlite;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Doctor;

/// <summary>The databases of the settings: log-in, and whether the tables and columns that are named are there. Nothing is written.</summary>
public static class DatabaseChecks
{
    private const string Topic = "databases";

    public static async Task<IReadOnlyList<Check>> RunAsync(SmiSettings settings, CancellationToken cancellation)
    {
        var checks = new List<Check>
        {
            await AskAsync("job store", settings.CohortPackager.JobStore.Database, _ => Task.CompletedTask, cancellation),
        };
        if (settings.CohortExtractor.Sql is { } sql)
        {
            foreach (var (modality, table) in sql.Tables)
            {
                checks.Add(await AskAsync($"metadata of {modality}", sql.Database, database => LookUpAsync(database, table, sql.InstanceColumn, cancellation), cancellation));
            }
        }
        else if (settings.CohortExtractor.FulfillerType == nameof(IndexFulfiller))
        {
            checks.Add(Index(settings.CohortExtractor.IndexFile));
        }

        foreach (var list in settings.CohortExtractor.BlockLists)
        {
            checks.Add(await AskAsync($"block list {list.Table}", list.Database, database => LookUpAsync(database, list.Table, list.Column, cancellation), cancellation));
        }

        return checks;
    }

    private static Check Index(string file) => File.Exists(file)
        ? Check.Good(Topic, "index of headers", $"{file}, {new FileInfo(file).Length / 1e6:F1} MB")
        : Check.NoGo(Topic, "index of headers", $"{file} is not there; make it with: smi index FILESYSTEMROOT");

    private static async Task<Check> AskAsync(string name, DatabaseSettings settings, Func<Database, Task> ask, CancellationToken cancellation)
    {
        var where = Describe(settings);
        if (settings.Type == DatabaseType.SQLite && !File.Exists(FileOf(settings)))
        {
            return Check.Fact(Topic, name, $"{where} is not there yet; it is made when the service starts");
        }

        try
        {
            await using var database = await Database.OpenAsync(settings, cancellation);
            await ask(database);
            return Check.Good(Topic, name, where);
        }
        catch (DbException fault)
        {
            // A driver's message can quote the log-in; its code says what is wrong without that.
            return Check.NoGo(Topic, name, $"{where} does not answer as it must ({fault.GetType().Name}, code {fault.SqlState ?? fault.ErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture)})");
        }
    }

    private static async Task LookUpAsync(Database database, string table, string column, CancellationToken cancellation)
    {
        await foreach (var _ in database.SelectAsync(table, [], column, ["smi doctor"], cancellation))
        {
        }
    }

    private static string Describe(DatabaseSettings settings)
    {
        if (settings.Type == DatabaseType.SQLite)
        {
            return $"SQLite, {FileOf(settings)}";
        }

        var parts = new DbConnectionStringBuilder { ConnectionString = settings.ConnectionString };
        string Part(params string[] names) => names.Select(name => parts.TryGetValue(name, out var value) ? value?.ToString() : null).FirstOrDefault(value => value is not null) ?? "?";
        return $"{settings.Type}, {Part("server", "host", "data source")}, database {Part("database", "initial catalog")}";
    }

    private static string FileOf(DatabaseSettings settings) => new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
}
