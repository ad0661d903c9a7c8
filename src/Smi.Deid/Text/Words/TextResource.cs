namespace Smi.Deid.Text.Words;

/// <summary>Reads the word lists and tables embedded in this assembly.</summary>
internal static class TextResource
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(TextResource).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return Entries(lines);
    }

    /// <summary>The lines without blanks at the ends, empty lines and comments.</summary>
    public static IEnumerable<string> Entries(IEnumerable<string> lines) =>
        lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>A table of key, entries and source, with one header line.</summary>
    public static IEnumerable<(string Key, string Entries)> Table(string name)
    {
        foreach (var line in Lines(name).Skip(1))
        {
            var columns = line.Split('\t');
            if (columns.Length != 3) throw new InvalidDataException($"{name}: a line has {columns.Length} columns, not 3");
            yield return (columns[0], columns[1]);
        }
    }
}
