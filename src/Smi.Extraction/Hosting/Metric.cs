using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Smi.Extraction.Hosting;

/// <summary>One family of numbers in Prometheus' text format. Labels are our own words: service, outcome, stage, queue; never a value from a file.</summary>
internal sealed class Metric(string name, string type, string help, params IReadOnlyList<string> labels) : IMetric
{
    private const char Separator = '\n';

    private readonly ConcurrentDictionary<string, Amount> _cells = new(StringComparer.Ordinal);

    /// <summary>Adds, under one value for each label.</summary>
    public void Add(double amount, params ReadOnlySpan<string> values) => Cell(values).Add(amount);

    public void Set(double value, params ReadOnlySpan<string> values) => Cell(values).Set(value);

    /// <summary>The sum of all that have this value under the first label.</summary>
    public double Sum(string first) =>
        _cells.Where(cell => cell.Key == first || cell.Key.StartsWith(first + Separator, StringComparison.Ordinal)).Sum(cell => cell.Value.Value);

    public void Write(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (value, cell) in _cells.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var pairs = labels.Zip(value.Split(Separator), (label, text) => $"{label}=\"{text}\"");
            var braces = labels.Count == 0 ? "" : $"{{{string.Join(',', pairs)}}}";
            page.Append(CultureInfo.InvariantCulture, $"{name}{braces} {cell.Value:R}\n");
        }
    }

    private Amount Cell(ReadOnlySpan<string> values) => values.Length == labels.Count
        ? _cells.GetOrAdd(string.Join(Separator, values), _ => new())
        : throw new ArgumentException($"{name} has {labels.Count} label(s)", nameof(values));

    private sealed class Amount
    {
        private readonly Lock _gate = new();
        private double _value;

        public double Value
        {
            get
            {
                lock (_gate)
                {
                    return _value;
                }
            }
        }

        public void Add(double amount)
        {
            lock (_gate)
            {
                _value += amount;
            }
        }

        public void Set(double value)
        {
            lock (_gate)
            {
                _value = value;
            }
        }
    }
}
