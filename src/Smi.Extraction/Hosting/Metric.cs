using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Smi.Extraction.Hosting;

/// <summary>One family of numbers in Prometheus' text format. Labels are our own words: service, outcome, stage, queue; never a value from a file.</summary>
internal sealed class Metric(string name, string type, string help, string? label)
{
    private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);

    public void Add(double amount, string labelValue = "") => _cells.GetOrAdd(labelValue, _ => new()).Add(amount);

    public void Set(double value, string labelValue = "") => _cells.GetOrAdd(labelValue, _ => new()).Set(value);

    public double Read(string labelValue = "") => _cells.TryGetValue(labelValue, out var cell) ? cell.Value : 0;

    public void Write(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (value, cell) in _cells.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var labels = label is null ? "" : $"{{{label}=\"{value}\"}}";
            page.Append(CultureInfo.InvariantCulture, $"{name}{labels} {cell.Value:R}\n");
        }
    }

    private sealed class Cell
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
