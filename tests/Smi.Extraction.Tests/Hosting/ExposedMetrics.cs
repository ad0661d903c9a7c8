using System.Text.RegularExpressions;

namespace Smi.Extraction.Tests.Hosting;

/// <summary>A page of /metrics as a Prometheus server reads it: for each series its name and labels.</summary>
internal sealed partial class ExposedMetrics
{
    private readonly ILookup<string, IReadOnlyDictionary<string, string>> _series;

    public ExposedMetrics(string page)
    {
        _series = page.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => Series().Match(line)).Where(match => match.Success).ToLookup(
            match => match.Groups["name"].Value,
            IReadOnlyDictionary<string, string> (match) => Pair().Matches(match.Groups["labels"].Value).ToDictionary(pair => pair.Groups[1].Value, pair => pair.Groups[2].Value));
    }

    public bool Has(string name) => _series.Contains(name);

    /// <summary>True when every series of this name has the label.</summary>
    public bool HasLabel(string name, string label) => Has(name) && _series[name].All(labels => labels.ContainsKey(label));

    public IEnumerable<string> Values(string name, string label) => _series[name].Where(labels => labels.ContainsKey(label)).Select(labels => labels[label]);

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<labels>.*)\})? [-+0-9.eEInf]+$")]
    private static partial Regex Series();

    [GeneratedRegex(@"([a-z_]+)=""([^""]*)""")]
    private static partial Regex Pair();
}
