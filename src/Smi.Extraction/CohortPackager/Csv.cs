namespace Smi.Extraction.CohortPackager;

/// <summary>RFC 4180, with the line ends of the settings.</summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    public static async Task WriteAsync(string path, string newLine, string[] header, IEnumerable<string[]> rows, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(path) { NewLine = newLine };
        await writer.WriteLineAsync(string.Join(',', header).AsMemory(), cancellation);
        foreach (var row in rows)
        {
            await writer.WriteLineAsync(string.Join(',', row.Select(Field)).AsMemory(), cancellation);
        }
    }

    private static string Field(string value) =>
        value.AsSpan().ContainsAny(Special) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
