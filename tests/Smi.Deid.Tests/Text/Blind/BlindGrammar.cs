using System.Collections.Concurrent;

namespace Smi.Deid.Tests.Text.Blind;

/// <summary>Sections of a resource of the blind reports: "@kind name" begins one, lines that begin with '#' are comments.</summary>
internal sealed class BlindGrammar
{
    private static readonly ConcurrentDictionary<string, BlindGrammar> Read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> sections = [];

    private BlindGrammar(string resource)
    {
        using var stream = typeof(BlindGrammar).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is missing");
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('@')) sections.Add(line[1..], lines = []);
            else if (!line.StartsWith('#')) lines.Add(line);
        }
    }

    public static BlindGrammar Of(string resource) => Read.GetOrAdd(resource, name => new BlindGrammar(name));

    public string[] Names(string kind) => [.. sections.Keys.Where(name => name.StartsWith(kind, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Lines(string section) => sections[section];
}
