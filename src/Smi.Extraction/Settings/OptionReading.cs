using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Smi.Extraction.Settings;

/// <summary>Options that stand in several sections.</summary>
internal static class OptionReading
{
    public static QueueSettings Queue(YamlSection section, string otherwise)
    {
        var queue = QueueIn(section, otherwise);
        section.Close();
        return queue;
    }

    /// <summary>Consumer options that stand in the section of their service, among its other keys.</summary>
    public static QueueSettings QueueIn(YamlSection section, string otherwise)
    {
        section.Replaced("AutoAck", "a message is acknowledged after its answer is confirmed, or a crash would lose it");
        section.Replaced("HoldUnprocessableMessages", "a fault never stops a service: the message is tried again");
        return new()
        {
            QueueName = section.Text("QueueName", otherwise),
            Prefetch = (ushort)section.Number("QoSPrefetchCount", 1, 1, ushort.MaxValue),
        };
    }

    public static ExchangeSettings Exchange(YamlSection section, string otherwise)
    {
        section.Unused("BackoffProviderType", "ProbeProducerOptions");
        var exchange = new ExchangeSettings
        {
            ExchangeName = section.Text("ExchangeName", otherwise),
            MaxConfirmAttempts = section.Number("MaxConfirmAttempts", 1, 0),
        };
        section.Close();
        return exchange;
    }

    /// <summary>Null when the section is not there. The connection string may stand in a file of its own, away from the settings.</summary>
    public static DatabaseSettings? Database(YamlSection section, SettingsPaths files)
    {
        if (!section.IsThere)
        {
            return null;
        }

        var database = DatabaseIn(section, files);
        section.Close();
        return database;
    }

    public static DatabaseSettings DatabaseIn(YamlSection section, SettingsPaths files)
    {
        var type = section.Choice("DatabaseType", DatabaseType.SQLite);
        if (section.OptionalText("File") is { } file)
        {
            return type == DatabaseType.SQLite ? SqliteFile(files.Resolve(file)) : throw section.Fault("File", "is for DatabaseType SQLite only");
        }

        var text = section.OptionalText("ConnectionString");
        if (section.OptionalText("ConnectionStringFile") is { } secret)
        {
            text = ReadSecret(section, files.Resolve(secret));
        }

        return new() { Type = type, ConnectionString = text ?? throw section.Fault("ConnectionString", "is missing (or ConnectionStringFile)") };
    }

    /// <summary>Null when the section is not there.</summary>
    public static PatientIdSettings? PatientIds(YamlSection section, SettingsPaths files)
    {
        if (!section.IsThere)
        {
            return null;
        }

        var csv = files.ResolveOptional(section.OptionalText("CsvFile"));
        var table = section.OptionalText("Table");
        if (csv is null == table is null)
        {
            throw section.Fault("Table", "is for a table of a database, with DatabaseType and ConnectionString; CsvFile is for a file: name one of them");
        }

        var settings = new PatientIdSettings
        {
            CsvFile = csv,
            Database = csv is null ? DatabaseIn(section, files) : null,
            Table = table ?? "",
            OriginalColumn = section.Text("OriginalColumn", "original"),
            ReplacementColumn = section.Text("ReplacementColumn", "replacement"),
            RedisConnectionString = section.OptionalText("RedisConnectionString"),
        };
        section.Close();
        return settings;
    }

    public static DatabaseSettings SqliteFile(string path) =>
        new() { Type = DatabaseType.SQLite, ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString() };

    /// <summary>Octal permissions, such as 0640.</summary>
    public static UnixFileMode? Mode(YamlSection section, string key)
    {
        if (section.OptionalText(key) is not { } text)
        {
            return null;
        }

        if (text.Length is < 3 or > 4 || !text.All(digit => digit is >= '0' and <= '7'))
        {
            throw section.Fault(key, "must be octal permissions such as 0640");
        }

        var mode = (UnixFileMode)text.Aggregate(0, (value, digit) => (value * 8) + int.Parse([digit], CultureInfo.InvariantCulture));
        const UnixFileMode allowed = (UnixFileMode)0x1B6;
        return (mode & ~allowed) == 0 ? mode : throw section.Fault(key, "may hold read and write permissions only");
    }

    private static string ReadSecret(YamlSection section, string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? throw section.Fault("ConnectionStringFile", "names an empty file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw section.Fault("ConnectionStringFile", $"cannot be read: {fault.Message}");
        }
    }
}
