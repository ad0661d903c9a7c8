using System.Text;

namespace Smi.Extraction.Hosting;

/// <summary>The numbers that every service keeps, shown on /metrics.</summary>
public sealed class ServiceMetrics
{
    private readonly List<IMetric> _all = [];

    public ServiceMetrics()
    {
        Files = New("smi_files_total", "counter", "Files by outcome, and by the stage that refused them.", "outcome", "stage");
        Messages = New("smi_messages_total", "counter", "Messages by how they were settled.", "settlement");
        Seconds = New("smi_stage_seconds_total", "counter", "Seconds spent by stage.", "stage");
        Retries = New("smi_retries_total", "counter", "Messages tried again, by kind of fault.", "fault");
        BatchSizes = Add(new Histogram("smi_batch_messages", "Messages in a batch that was finished, by the queue they came from.", "queue", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]));
        InFlight = New("smi_in_flight", "gauge", "Messages received and not yet settled.");
        Redactions = New("smi_redactions_total", "counter", "Regions blanked and attributes removed or replaced.", "kind");
        ToolStarts = New("smi_tool_starts_total", "counter", "Processes of external tools that were started.", "tool");
        ToolRestarts = New("smi_tool_restarts_total", "counter", "Of those, processes in place of one that failed.", "tool");
        ToolTimeouts = New("smi_tool_timeouts_total", "counter", "Files that a tool took too long for.", "tool");
        ToolFaults = New("smi_tool_faults_total", "counter", "Other times that a tool failed.", "tool");
        ToolFiles = New("smi_tool_files_total", "counter", "Files that a tool has done.", "tool");
        ToolRefusals = New("smi_tool_refusals_total", "counter", "Files that a tool said it cannot do.", "tool");
        ToolSeconds = New("smi_tool_seconds_total", "counter", "Seconds spent on files by tools.", "tool");
        QueueMessages = New("smi_queue_messages", "gauge", "Messages waiting, by queue.", "queue");
        QueueLagSeconds = New("smi_queue_lag_seconds", "gauge", "Age of the latest message's chain when it was received.");
    }

    internal Metric Files { get; }

    internal Metric Messages { get; }

    internal Metric Seconds { get; }

    internal Metric Retries { get; }

    internal Histogram BatchSizes { get; }

    internal Metric InFlight { get; }

    internal Metric Redactions { get; }

    internal Metric ToolStarts { get; }

    internal Metric ToolRestarts { get; }

    internal Metric ToolTimeouts { get; }

    internal Metric ToolFaults { get; }

    internal Metric ToolFiles { get; }

    internal Metric ToolRefusals { get; }

    internal Metric ToolSeconds { get; }

    internal Metric QueueMessages { get; }

    internal Metric QueueLagSeconds { get; }

    /// <summary>The page in Prometheus' text format.</summary>
    public string Render()
    {
        var page = new StringBuilder();
        foreach (var metric in _all)
        {
            metric.Write(page);
        }

        return page.ToString();
    }

    /// <summary>Files of one outcome so far; for audit records and tests.</summary>
    public long FilesOf(string outcome) => (long)Files.Sum(outcome);

    private Metric New(string name, string type, string help, params IReadOnlyList<string> labels) =>
        Add(new Metric(name, type, help, labels));

    private T Add<T>(T metric) where T : IMetric
    {
        _all.Add(metric);
        return metric;
    }
}
