using System.Collections.Concurrent;
using System.Diagnostics;
using Smi.Deid;
using Smi.Extraction.Tracing;

namespace Smi.Extraction.Tests.Tracing;

/// <summary>Records every span of this process while it lives, those of tests beside it included.</summary>
internal sealed class SpanListener : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanListener()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name is Spans.SourceName or FileSpans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Activity> Ended => _ended;

    /// <summary>The ended span of this message.</summary>
    public Activity? Of(Guid message) => _ended.FirstOrDefault(span => span.GetTagItem("messaging.message.id") as string == message.ToString("D"));

    public void Dispose() => _listener.Dispose();
}
