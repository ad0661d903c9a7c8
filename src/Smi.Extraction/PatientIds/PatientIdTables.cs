using Smi.Deid.Pseudonyms;
using Smi.Extraction.Settings;

namespace Smi.Extraction.PatientIds;

/// <summary>Opens the table of Patient IDs that the settings describe; what is wrong with it is found now and not at the first file.</summary>
public static class PatientIdTables
{
    /// <param name="settings">Which table.</param>
    /// <param name="warn">Takes a sentence when the cache goes away or comes back.</param>
    /// <exception cref="PatientIdTableException">The table, or the cache, cannot be used.</exception>
    public static IPatientIdTable Open(PatientIdSettings settings, Action<string> warn)
    {
        if (settings.CsvFile is { } file)
        {
            return CsvPatientIdTable.Load(file);
        }

        var table = DatabasePatientIdTable.Open(settings);
        return new RememberedPatientIdTable(settings.RedisConnectionString is { } redis ? RedisPatientIdTable.Open(table, redis, warn) : table);
    }
}
