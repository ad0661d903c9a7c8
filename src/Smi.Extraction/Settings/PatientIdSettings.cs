namespace Smi.Extraction.Settings;

/// <summary>Where replacements of Patient IDs come from, in place of keyed pseudonyms: a CSV file or a database table.</summary>
public sealed class PatientIdSettings
{
    /// <summary>A file with the columns <c>original,replacement</c>; then there is no <see cref="Database"/>.</summary>
    public string? CsvFile { get; init; }

    public DatabaseSettings? Database { get; init; }

    /// <summary>May be qualified by a schema.</summary>
    public string Table { get; init; } = "";

    public string OriginalColumn { get; init; } = "original";

    public string ReplacementColumn { get; init; } = "replacement";

    /// <summary>A Redis in front of the database; null for none. May hold a password.</summary>
    public string? RedisConnectionString { get; init; }
}
