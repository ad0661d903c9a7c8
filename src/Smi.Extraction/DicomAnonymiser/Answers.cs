using Smi.Deid;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.DicomAnonymiser;

/// <summary>What becomes of a message, in SmiServices' words: outcome in, status message out.</summary>
internal static class Answers
{
    public static OutgoingMessage To(MessageHeader header, ExtractFileMessage message, DeidOutcome outcome, DicomAnonymiserSettings settings)
    {
        var status = Status(message, outcome);
        var key = status.Status == ExtractedFileStatus.Anonymised ? settings.RoutingKeySuccess : settings.RoutingKeyFailure;
        return OutgoingMessage.Answer(header, status, DicomAnonymiserService.ServiceName, key);
    }

    private static ExtractedFileStatusMessage Status(ExtractFileMessage message, DeidOutcome outcome) => outcome switch
    {
        DeidOutcome.Deidentified => Of(message, ExtractedFileStatus.Anonymised, message.OutputPath, null),
        DeidOutcome.SourceMissing => Of(message, ExtractedFileStatus.FileMissing, null, "the source file does not exist"),
        DeidOutcome.Refused refused => Of(message, ExtractedFileStatus.ErrorWontRetry, null, $"{refused.Stage}: {refused.Reason}"),
        _ => throw new InvalidOperationException($"no status for {outcome.GetType().Name}"),
    };

    private static ExtractedFileStatusMessage Of(ExtractFileMessage message, ExtractedFileStatus status, string? output, string? reason) => new()
    {
        Extraction = message.Extraction,
        DicomFilePath = message.DicomFilePath,
        Status = status,
        OutputFilePath = output,
        StatusMessage = reason,
    };
}
