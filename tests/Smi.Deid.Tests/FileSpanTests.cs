using System.Diagnostics;

namespace Smi.Deid.Tests;

public sealed class FileSpanTests
{
    [Fact]
    public void There_is_none_and_none_is_paid_for_where_the_caller_does_not_trace()
    {
        FileSpans.Start("read");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var file = 0; file < 1000; file++)
        {
            Assert.Null(FileSpans.Start("read"));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void It_lies_below_the_span_of_the_caller()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is FileSpans.SourceName or nameof(FileSpanTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(FileSpanTests));
        using var message = source.StartActivity("message");

        using var span = FileSpans.Start("read");

        Assert.Equal(message?.SpanId, span?.ParentSpanId);
        Assert.NotNull(span);
    }
}
