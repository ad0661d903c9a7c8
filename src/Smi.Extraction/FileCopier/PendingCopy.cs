using Smi.Extraction.Durability;
using Smi.Extraction.Pipeline;
using Smi.Messaging.Messages;

namespace Smi.Extraction.FileCopier;

/// <summary>A copy that waits for its name, or the status it ended with.</summary>
internal sealed class PendingCopy : IDisposable
{
    public required ReceivedMessage Received { get; init; }

    public required ExtractFileMessage Message { get; init; }

    public CopyStage? Copy { get; init; }

    public ExtractedFileStatus Status { get; init; }

    public string? Reason { get; init; }

    public void Dispose() => Copy?.Dispose();
}
