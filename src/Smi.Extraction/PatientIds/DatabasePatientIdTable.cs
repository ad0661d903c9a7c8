using System.Data.Common;
using System.Globalization;
using Smi.Deid.Pseudonyms;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;

namespace Smi.Extraction.PatientIds;

/// <summary>Patient IDs of a database table, asked for one by one over the driver's pool of connections.</summary>
internal sealed class DatabasePatientIdTable : IPatientIdTable
{
    private readonly PatientIdSettings settings;
    private readonly DatabaseSettings database;

    private DatabasePatientIdTable(PatientIdSettings settings, DatabaseSettings database) => (this.settings, this.database) = (settings, database);

    // A connection string may hold a password.
    public string Description => $"{database.Type} {settings.Table} {settings.OriginalColumn} {settings.ReplacementColumn}";

    /// <exception cref="PatientIdTableException">Server, table or columns are not there.</exception>
    public static DatabasePatientIdTable Open(PatientIdSettings settings)
    {
        var table = new DatabasePatientIdTable(settings, settings.Database ?? throw new InvalidOperationException("the settings name a table"));
        try
        {
            table.Select([""]);
            return table;
        }
        catch (DbException fault)
        {
            throw new PatientIdTableException($"DeidOptions.PatientIds: the table cannot be read: {fault.Message}");
        }
    }

    public string? Find(string original)
    {
        try
        {
            var folded = PatientIdText.Fold(original);
            // Databases compare by rules of their own: without case, without trailing blanks, numbers without leading zeros.
            var found = Select([.. new[] { original.Trim(), folded }.Distinct()])
                .Where(row => PatientIdText.Fold(row.Original) == folded).Select(row => row.Replacement.Trim()).Distinct().ToList();
            return found switch
            {
                [] => null,
                [var replacement] when PatientIdText.Fault(replacement) is { } fault => throw new PatientIdTableException($"the table of patient IDs: {fault}"),
                [var replacement] => replacement,
                _ => throw new PatientIdTableException("the table of patient IDs has two replacements for this patient"),
            };
        }
        catch (DbException fault)
        {
            // The driver's message may quote the value.
            throw new IOException($"the table of patient IDs cannot be read ({fault.GetType().Name})");
        }
    }

    private List<(string Original, string Replacement)> Select(IReadOnlyList<string> keys)
    {
        using var open = Database.Open(database);
        return open.SelectPairs(settings.Table, settings.OriginalColumn, settings.ReplacementColumn, keys, Text);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
