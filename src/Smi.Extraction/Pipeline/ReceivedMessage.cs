using System.Diagnostics;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Pipeline;

/// <summary>A delivery whose header was read. Answers to it carry its trace on.</summary>
/// <param name="header">The header, with the span of this message in place of its sender's when it is traced.</param>
/// <param name="body">The body as it came.</param>
/// <param name="span">The span of this message; null when it is not traced.</param>
internal sealed class ReceivedMessage(MessageHeader header, ReadOnlyMemory<byte> body, Activity? span = null)
{
    public MessageHeader Header => header;

    public ReadOnlyMemory<byte> Body => body;

    public Activity? Span => span;

    /// <summary>Names the job in the span.</summary>
    public void Note(Messaging.Messages.Extraction job) => span?.SetTag("smi.job", job.JobIdentifier.ToString("D"));

    /// <summary>Says in the span what became of the message.</summary>
    /// <param name="outcome">A word of ours.</param>
    /// <param name="stage">The stage that refused the file; empty otherwise.</param>
    public void Note(string outcome, string stage = "")
    {
        span?.SetTag("smi.outcome", outcome);
        if (stage.Length > 0)
        {
            span?.SetTag("smi.stage", stage);
        }
    }
}
