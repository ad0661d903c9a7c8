using System.Data.Common;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortExtractor;

/// <summary>Finds files in metadata tables, one per modality, with keys looked up in batches.</summary>
internal sealed class SqlFulfiller(SqlFulfillerSettings settings) : IFulfiller
{
    private const string AnyModality = "*";

    public async Task<IReadOnlyList<CandidateFile>> FindAsync(
        string keyTag, IReadOnlyList<string> identifiers, IReadOnlyList<string> modalities, CancellationToken cancellation)
    {
        var files = new List<CandidateFile>();
        await using var database = await Database.OpenAsync(settings.Database, cancellation);
        foreach (var (modality, table) in TablesFor(modalities))
        {
            foreach (var keys in identifiers.Chunk(Database.KeysAtOnce))
            {
                await foreach (var row in database.SelectAsync(table, [], ColumnOf(keyTag), keys, cancellation))
                {
                    files.Add(Candidate(row.ToDictionary(), keyTag, modality));
                }
            }
        }

        return [.. files.Where(file => modalities.Count == 0 || file.Modality is null || modalities.Contains(file.Modality, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>What is missing in the tables, or null: better said at the start than tried again for ever.</summary>
    /// <param name="further">Columns that rejectors need.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="DbException">The server cannot be reached, or a table is not there.</exception>
    public async Task<string?> FindObstacleAsync(IEnumerable<string> further, CancellationToken cancellation)
    {
        string?[] wanted = [settings.PathColumn, settings.StudyColumn, settings.SeriesColumn, settings.InstanceColumn, settings.ModalityColumn, .. further];
        await using var database = await Database.OpenAsync(settings.Database, cancellation);
        foreach (var table in settings.Tables.Values)
        {
            var columns = await database.ColumnsAsync(table, cancellation);
            if (wanted.OfType<string>().Except(columns, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } missing)
            {
                return $"the metadata table {table} has no column {missing}; there are {string.Join(", ", columns)}";
            }
        }

        return null;
    }

    private IEnumerable<KeyValuePair<string, string>> TablesFor(IReadOnlyList<string> modalities)
    {
        var named = settings.Tables.Where(table => modalities.Count == 0 || modalities.Contains(table.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        var rest = settings.Tables.Where(table => table.Key == AnyModality && (modalities.Count == 0 || named.Count < modalities.Count));
        return named.Where(table => table.Key != AnyModality).Concat(rest);
    }

    private CandidateFile Candidate(IReadOnlyDictionary<string, object?> row, string keyTag, string modality) => new()
    {
        Key = Text(row, ColumnOf(keyTag)) ?? "",
        FilePath = Text(row, settings.PathColumn) ?? throw new InvalidOperationException($"a row has no {settings.PathColumn}"),
        StudyInstanceUid = Text(row, settings.StudyColumn),
        SeriesInstanceUid = Text(row, settings.SeriesColumn),
        SopInstanceUid = Text(row, settings.InstanceColumn),
        Modality = settings.ModalityColumn is { } column ? Text(row, column) : modality == AnyModality ? null : modality,
        Columns = row,
    };

    private static string? Text(IReadOnlyDictionary<string, object?> row, string column) => row.TryGetValue(column, out var value)
        ? value?.ToString()?.Trim()
        : throw new InvalidOperationException($"the metadata table has no column {column}");

    private string ColumnOf(string keyTag) => keyTag switch
    {
        "StudyInstanceUID" => settings.StudyColumn,
        "SeriesInstanceUID" => settings.SeriesColumn,
        _ => settings.InstanceColumn,
    };
}
