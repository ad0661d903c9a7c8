namespace Smi.Deid.Tests.Text.Descriptors;

/// <summary>Short texts, one a line, with what identifies in braces.</summary>
internal static class DescriptorTable
{
    public static IEnumerable<(string Text, IReadOnlyList<(int Start, int End)> Identifying)> Read(string resource)
    {
        using var stream = typeof(DescriptorTable).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is missing");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return Parse(line);
        }
    }

    public static (string Text, IReadOnlyList<(int Start, int End)> Identifying) Parse(string line)
    {
        var marks = new List<(int, int)>();
        var text = new System.Text.StringBuilder();
        var start = 0;
        foreach (var character in line)
        {
            if (character == '{') start = text.Length;
            else if (character == '}') marks.Add((start, text.Length));
            else text.Append(character);
        }

        return (text.ToString(), marks);
    }
}
