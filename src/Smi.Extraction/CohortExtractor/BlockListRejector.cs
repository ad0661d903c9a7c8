using Smi.Extraction.Databases;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortExtractor;

/// <summary>Rejects files whose value of a column stands in a table, such as patients who opted out. Values are looked up in batches.</summary>
internal sealed class BlockListRejector(BlockListSettings list) : IRejector
{
    public async Task<IReadOnlyList<string?>> RejectAsync(IReadOnlyList<CandidateFile> files, CancellationToken cancellation)
    {
        var values = files.Select(file => ColumnRejector.Value(file, list.Column)?.ToString() ?? "").ToList();
        var asked = values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var blocked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await using var database = await Database.OpenAsync(list.Database, cancellation);
        foreach (var part in asked.Chunk(Database.KeysAtOnce))
        {
            await foreach (var row in database.SelectAsync(list.Table, [list.Column], list.Column, part, cancellation))
            {
                blocked.Add(row[0]?.ToString()?.Trim() ?? "");
            }
        }

        return [.. values.Select(value => blocked.Contains(value.Trim()) ? $"{list.Column} is on the block list {list.Table}" : null)];
    }
}
