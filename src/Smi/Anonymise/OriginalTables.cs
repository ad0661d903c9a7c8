using Microsoft.Data.Sqlite;
using Smi.Extraction.Settings;

namespace Smi.Anonymise;

/// <summary>Files of a site that hold originals beside their replacements: who reads one undoes pseudonyms, who writes one decides about them.</summary>
internal static class OriginalTables
{
    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>Those that the policy reads and that are there.</summary>
    public static IEnumerable<string> Of(PolicyChoice choice) =>
        new[] { choice.Lookup, choice.PatientIds?.CsvFile, SqliteFile(choice.PatientIds?.Database) }.OfType<string>().Where(File.Exists);

    /// <summary>Null when the file is for its owner, and at most to read for its group.</summary>
    public static string? Complaint(string file) => (File.GetUnixFileMode(file) & OfOthers) == 0
        ? null
        : $"the table {file} holds originals and can be read or changed by others; put it right with: chmod o=,g-w {file}";

    private static string? SqliteFile(DatabaseSettings? database) =>
        database is { Type: DatabaseType.SQLite } ? new SqliteConnectionStringBuilder(database.ConnectionString).DataSource : null;
}
