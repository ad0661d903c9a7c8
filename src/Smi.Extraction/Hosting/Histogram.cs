using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Smi.Extraction.Hosting;

/// <summary>How often a whole number was how large, by one label; buckets are cumulative, as Prometheus has them.</summary>
/// <param name="name">Without the endings of its lines.</param>
/// <param name="help">A sentence.</param>
/// <param name="label">The label beside le.</param>
/// <param name="bounds">Upper bounds of the buckets, rising; one without a bound follows them.</param>
internal sealed class Histogram(string name, string help, string label, IReadOnlyList<int> bounds) : IMetric
{
    private readonly ConcurrentDictionary<string, Buckets> _cells = new(StringComparer.Ordinal);

    public void Observe(int value, string ofLabel) => _cells.GetOrAdd(ofLabel, _ => new(bounds)).Add(value);

    public void Write(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} histogram\n");
        foreach (var (value, cell) in _cells.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var (counts, sum) = cell.Read();
            var total = 0L;
            for (var index = 0; index < counts.Length; index++)
            {
                total += counts[index];
                var bound = index < bounds.Count ? bounds[index].ToString(CultureInfo.InvariantCulture) : "+Inf";
                page.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{label}=\"{value}\",le=\"{bound}\"}} {total}\n");
            }

            page.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{label}=\"{value}\"}} {sum}\n{name}_count{{{label}=\"{value}\"}} {total}\n");
        }
    }

    private sealed class Buckets(IReadOnlyList<int> bounds)
    {
        private readonly Lock _gate = new();
        private readonly long[] _counts = new long[bounds.Count + 1];
        private long _sum;

        public void Add(int value)
        {
            var index = 0;
            while (index < bounds.Count && value > bounds[index])
            {
                index++;
            }

            lock (_gate)
            {
                _counts[index]++;
                _sum += value;
            }
        }

        public (long[] Counts, long Sum) Read()
        {
            lock (_gate)
            {
                return ([.. _counts], _sum);
            }
        }
    }
}
