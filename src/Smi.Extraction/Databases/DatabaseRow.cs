namespace Smi.Extraction.Databases;

/// <summary>One row of a result; null where the column is empty.</summary>
internal sealed class DatabaseRow(string[] names, object?[] values)
{
    public object? this[int index] => values[index];

    public IReadOnlyDictionary<string, object?> ToDictionary() =>
        names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
}
