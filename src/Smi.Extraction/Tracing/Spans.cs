using System.Diagnostics;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Tracing;

/// <summary>
/// Spans of the services: one for each message from its receipt to its settlement, with its parts below it, and one for each batch, linked with its
/// messages. Nothing is made while nobody listens. Names and attributes are our own words, queues and GUIDs, never a value read from a file or a path.
/// </summary>
public static class Spans
{
    /// <summary>What to listen to.</summary>
    public const string SourceName = "Smi.Extraction";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span of a request that begins a chain; null when nobody listens.</summary>
    internal static Activity? OfRequest(string service, Guid job) => Described(Source.StartActivity(service, ActivityKind.Producer), service, job);

    /// <summary>
    /// The span of a message in work, below the one in which it was sent. A message without a trace begins one; one whose sender decided against
    /// being traced stays so. Null when nothing is traced.
    /// </summary>
    internal static Activity? OfMessage(string service, string queue, MessageHeader header)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var isPartOfTrace = TryParse(header.TraceParent, out var parent);
        if (isPartOfTrace && !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
        {
            return null;
        }

        var span = Source.StartActivity($"process {queue}", ActivityKind.Consumer, parent);
        span?.SetTag("smi.service", service);
        span?.SetTag("messaging.destination.name", queue);
        span?.SetTag("messaging.operation.type", "process");
        span?.SetTag("messaging.message.id", header.MessageGuid.ToString("D"));
        return span;
    }

    /// <summary>The span in which a batch is finished, linked with its messages in both directions; null when none of them is traced.</summary>
    internal static Activity? OfBatch(string service, string queue, int count, IReadOnlyList<Activity> messages)
    {
        if (messages.Count == 0)
        {
            return null;
        }

        var links = messages.Select(message => new ActivityLink(message.Context));
        if (Source.StartActivity(ActivityKind.Internal, parentContext: default, tags: null, links, name: $"finish {queue}") is not { } span)
        {
            return null;
        }

        span.SetTag("smi.service", service);
        span.SetTag("messaging.destination.name", queue);
        span.SetTag("messaging.batch.message_count", count);
        foreach (var message in messages)
        {
            message.AddLink(new ActivityLink(span.Context));
        }

        return span;
    }

    /// <summary>The reports of a job, below the message that announced it; null when nothing is traced.</summary>
    internal static Activity? OfReports(string service, Guid job, string? traceParent) =>
        TryParse(traceParent, out var parent) && !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? null
            : Described(Source.StartActivity("write reports", ActivityKind.Internal, parent), service, job);

    /// <summary>A part of the message or batch in work; null when that is not traced.</summary>
    internal static Activity? OfPart(string name) => Activity.Current is { Recorded: true } ? Source.StartActivity(name) : null;

    /// <summary>The same place in the same trace, but nothing that follows from it is traced.</summary>
    internal static string? Unrecorded(string? traceParent) => traceParent is null ? null : string.Concat(traceParent.AsSpan(0, traceParent.Length - 2), "00");

    private static Activity? Described(Activity? span, string service, Guid job)
    {
        span?.SetTag("smi.service", service);
        span?.SetTag("smi.job", job.ToString("D"));
        return span;
    }

    private static bool TryParse(string? traceParent, out ActivityContext parent) => ActivityContext.TryParse(traceParent, null, isRemote: true, out parent);
}
