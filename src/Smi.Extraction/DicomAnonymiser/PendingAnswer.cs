using Smi.Deid;
using Smi.Extraction.Pipeline;
using Smi.Messaging.Messages;

namespace Smi.Extraction.DicomAnonymiser;

/// <summary>A message that has been worked on: a staged file that waits for its name, or an outcome.</summary>
internal sealed class PendingAnswer : IDisposable
{
    public required ReceivedMessage Received { get; init; }

    public required ExtractFileMessage Message { get; init; }

    public StagedFile? File { get; init; }

    public DeidOutcome? Outcome { get; init; }

    public void Dispose() => File?.Dispose();
}
