using System.Text.Json;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>Writes message bodies in the shape that the job was asked for.</summary>
public static class MessageWriter
{
    /// <exception cref="InvalidOperationException">A message in the v6 shape has no modality.</exception>
    public static byte[] Write(ExtractionMessage message) => message switch
    {
        ExtractionRequestMessage request => Bytes(
            message, new WireRequest { KeyTag = request.KeyTag, ExtractionIdentifiers = [.. request.ExtractionIdentifiers] }),
        ExtractionRequestInfoMessage info => Bytes(
            message, new WireRequestInfo { KeyTag = info.KeyTag, KeyValueCount = info.KeyValueCount, UserName = info.UserName }),
        ExtractFileMessage file => Bytes(message, new WireFile { DicomFilePath = file.DicomFilePath, OutputPath = file.OutputPath }),
        ExtractFileCollectionInfoMessage collection => Bytes(
            message,
            new WireCollectionInfo
            {
                KeyValue = collection.KeyValue,
                ExtractFileMessagesDispatched = WireDispatched.From(collection.Dispatched),
                RejectionReasons = new(collection.RejectionReasons),
            }),
        ExtractedFileStatusMessage status => Bytes(
            message,
            new WireStatus
            {
                DicomFilePath = status.DicomFilePath,
                Status = status.Status,
                OutputFilePath = status.OutputFilePath,
                StatusMessage = status.StatusMessage,
            }),
        ExtractedFileVerificationMessage verification => Bytes(
            message,
            new WireVerification
            {
                Status = verification.Status,
                Report = verification.Report,
                DicomFilePath = verification.DicomFilePath,
                OutputFilePath = verification.OutputFilePath,
            }),
        _ => throw new ArgumentException($"{message.GetType().Name} has no wire format", nameof(message)),
    };

    private static byte[] Bytes<T>(ExtractionMessage message, T body) where T : WireMembers
    {
        var job = message.Extraction;
        if (job is { Shape: MessageShape.V6, Modality: null })
        {
            throw new InvalidOperationException("a v6 message needs a modality");
        }

        body.Take(job);
        return JsonSerializer.SerializeToUtf8Bytes(body, WireShape.Of<T>(job.Shape));
    }
}
