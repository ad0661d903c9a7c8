using System.Text;

namespace Smi.Extraction.Hosting;

/// <summary>A family of numbers that writes itself in Prometheus' text format.</summary>
internal interface IMetric
{
    void Write(StringBuilder page);
}
