using System.Diagnostics;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Pipeline;

/// <summary>A delivery on its way through a pipeline; owned by the worker that has it, and then by the finisher.</summary>
internal sealed class InFlight(Delivery delivery, long receivedAt)
{
    private ReceivedMessage? _message;

    public Delivery Delivery => delivery;

    /// <summary>By the clock that nobody sets.</summary>
    public long ReceivedAt => receivedAt;

    public int Attempts { get; set; }

    public int OwnFaults { get; set; }

    public int MachineFaults { get; set; }

    /// <summary>Null when the message is not traced, or was not looked at yet.</summary>
    public Activity? Span => _message?.Span;

    /// <summary>The message, its header read at the first look. Its span is current from here on.</summary>
    /// <exception cref="Messaging.Messages.MalformedMessageException">The header cannot be read.</exception>
    public ReceivedMessage Open(string service, string queue)
    {
        _message ??= Read(service, queue);
        if (Span is { } span)
        {
            Activity.Current = span;
        }

        return _message;
    }

    /// <summary>The message was settled.</summary>
    public void End(string settlement)
    {
        if (Span is { } span)
        {
            span.SetTag("smi.settlement", settlement);
            span.Stop();
        }
    }

    private ReceivedMessage Read(string service, string queue)
    {
        var header = HeaderTable.Read(delivery.Headers);
        var span = Spans.OfMessage(service, queue, header);
        return new(span is null ? header : header with { TraceParent = span.Id }, delivery.Body, span);
    }
}
