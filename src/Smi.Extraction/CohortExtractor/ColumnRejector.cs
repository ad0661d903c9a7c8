using System.Globalization;

namespace Smi.Extraction.CohortExtractor;

/// <summary>Rejects a file when a column of its metadata is set. A column that is not there stops the work: a filter must not vanish silently.</summary>
internal sealed class ColumnRejector(IReadOnlyList<string> columns) : IRejector
{
    public Task<IReadOnlyList<string?>> RejectAsync(IReadOnlyList<CandidateFile> files, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string?>>([.. files.Select(Reject)]);

    private string? Reject(CandidateFile file) => columns.Where(column => IsSet(Value(file, column))).Select(column => $"{column} is set").FirstOrDefault();

    public static object? Value(CandidateFile file, string column) => file.Columns.TryGetValue(column, out var value)
        ? value
        : throw new InvalidOperationException($"the metadata has no column {column}, which a rejector needs");

    private static bool IsSet(object? value) => value switch
    {
        null or DBNull => false,
        bool flag => flag,
        string text => text.Length > 0 && text is not "0" && !text.Equals("false", StringComparison.OrdinalIgnoreCase),
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture) != 0,
        _ => true,
    };
}
