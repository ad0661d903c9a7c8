using Smi.Deid.Pseudonyms;
using Smi.Extraction.Databases;
using Smi.Extraction.PatientIds;
using Smi.Extraction.Settings;
using Smi.Extraction.Tests.Servers;
using Smi.Tests;
using StackExchange.Redis;

namespace Smi.Extraction.Tests.PatientIds;

/// <summary>Tables of Patient IDs in real database servers, and a real Redis in front.</summary>
public sealed class DatabasePatientIdTableTests(MariaServer maria, PostgreSqlServer postgres) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseType.SQLite)]
    [InlineData(DatabaseType.MariaDB)]
    [InlineData(DatabaseType.PostgreSql)]
    public async Task A_table_gives_each_patient_the_replacement_of_the_site(DatabaseType type)
    {
        var database = await FillAsync(type, "VARCHAR(64)", ("0123", "EUPI-1"), ("PAT 7", "EUPI-2"), ("twice", "A"), ("TWICE ", "B"), ("bad", "a\\b"));
        var table = PatientIdTables.Open(Settings(database), _ => { });

        Assert.Equal("EUPI-1", table.Find(" 0123"));
        Assert.Equal("EUPI-2", table.Find("pat  7"));
        Assert.Null(table.Find("123"));
        Assert.Null(table.Find("x' OR '1'='1"));
        Assert.DoesNotContain("bad", Assert.Throws<PatientIdTableException>(() => table.Find("bad")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("assword", table.Description, StringComparison.Ordinal);
        if (type == DatabaseType.MariaDB)
        {
            Assert.Contains("two", Assert.Throws<PatientIdTableException>(() => table.Find("TWICE")).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Missing", "original", "replacement")]
    [InlineData("ids", "chi", "replacement")]
    [InlineData("ids", "original", "echi")]
    public async Task A_table_or_column_that_is_not_there_is_found_before_the_first_file(string name, string original, string replacement)
    {
        var database = await FillAsync(DatabaseType.SQLite, "VARCHAR(64)", ("1", "2"));
        var settings = new PatientIdSettings { Database = database, Table = name, OriginalColumn = original, ReplacementColumn = replacement };
        // SQLite takes a name in quotation marks that is no column for a text.
        if (name == "ids")
        {
            settings = new PatientIdSettings { Database = await FillAsync(DatabaseType.MariaDB, "VARCHAR(64)", ("1", "2")), Table = name, OriginalColumn = original, ReplacementColumn = replacement };
        }

        Assert.Contains("cannot be read", Assert.Throws<PatientIdTableException>(() => PatientIdTables.Open(settings, _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_without_its_leading_zeros_is_another_patient()
    {
        var table = PatientIdTables.Open(Settings(await FillAsync(DatabaseType.MariaDB, "INT", ("123", "EUPI-1"))), _ => { });
        Assert.Equal("EUPI-1", table.Find("123"));
        Assert.Null(table.Find("0123"));
    }

    [Fact]
    public async Task A_server_that_goes_away_is_a_fault_of_ours_and_not_a_missing_entry()
    {
        await using var server = new MariaServer();
        var database = await server.NewDatabaseAsync();
        await FillAsync(database, "VARCHAR(64)", ("1", "EUPI-1"), ("2", "EUPI-2"));
        var table = PatientIdTables.Open(Settings(database), _ => { });
        Assert.Equal("EUPI-1", table.Find("1"));
        await server.StopAsync();

        Assert.Equal("EUPI-1", table.Find("1"));
        Assert.DoesNotContain("2", Assert.Throws<IOException>(() => table.Find("2")).Message.Replace("(", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await server.StartAsync();
    }

    [Fact]
    public async Task A_Redis_in_front_answers_for_the_table_and_holds_no_original()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await FillAsync(DatabaseType.SQLite, "VARCHAR(64)", ("PAT-00042", "EUPI-1"), ("PAT-00043", "EUPI-2"));
        var settings = Settings(database, redis.ConnectionString);
        var warnings = new List<string>();
        Assert.Equal("EUPI-1", PatientIdTables.Open(settings, warnings.Add).Find("PAT-00042"));
        await ChangeAsync(database, "UPDATE ids SET replacement = 'CHANGED'");

        // Another process: it remembers nothing itself.
        var second = PatientIdTables.Open(settings, warnings.Add);
        Assert.Equal("EUPI-1", second.Find("pat-00042"));
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        Assert.DoesNotContain(client.GetServers()[0].Keys(), key => ((string?)key)?.Contains("00042", StringComparison.Ordinal) != false);
        Assert.Empty(warnings);

        await redis.StopAsync();
        Assert.Equal("CHANGED", second.Find("PAT-00043"));
        Assert.Null(second.Find("PAT-00044"));
        Assert.Single(warnings);
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_stops_the_start_without_its_password()
    {
        var database = await FillAsync(DatabaseType.SQLite, "VARCHAR(64)", ("1", "2"));
        var fault = Assert.Throws<PatientIdTableException>(() => PatientIdTables.Open(Settings(database, "127.0.0.1:1,connectTimeout=500,connectRetry=0,password=secret"), _ => { }));
        Assert.Contains("RedisConnectionString", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    private static PatientIdSettings Settings(DatabaseSettings database, string? redis = null) => new() { Database = database, Table = "ids", RedisConnectionString = redis };

    private async Task<DatabaseSettings> FillAsync(DatabaseType type, string column, params (string Original, string Replacement)[] rows)
    {
        var database = type switch
        {
            DatabaseType.MariaDB => await maria.NewDatabaseAsync(),
            DatabaseType.PostgreSql => await postgres.NewDatabaseAsync(),
            _ => OptionReading.SqliteFile(folder.Below("ids.db")),
        };
        await FillAsync(database, column, rows);
        return database;
    }

    private static async Task FillAsync(DatabaseSettings settings, string column, params (string Original, string Replacement)[] rows)
    {
        await ChangeAsync(settings, $"CREATE TABLE ids(original {column}, replacement VARCHAR(64))");
        await using var database = await Database.OpenAsync(settings, Cancellation);
        foreach (var (original, replacement) in rows)
        {
            await database.RunAsync(null, "INSERT INTO ids VALUES(@0,@1)", [("@0", original), ("@1", replacement)], Cancellation);
        }
    }

    private static async Task ChangeAsync(DatabaseSettings settings, string sql)
    {
        await using var database = await Database.OpenAsync(settings, Cancellation);
        await database.RunAsync(null, sql, [], Cancellation);
    }
}
