using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>Writes message bodies in the shape that the job was asked for.</summary>
public static class MessageWriter
{
    // The readers are JSON readers, not browsers: escaping is left to what JSON needs, as SmiServices does.
    private static readonly WireContext Json = new(new JsonSerializerOptions(WireContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(ExtractionMessage message) => message switch
    {
        ExtractionRequestMessage request => Write(request),
        ExtractionRequestInfoMessage info => Write(info),
        ExtractFileMessage file => Write(file),
        ExtractFileCollectionInfoMessage collection => Write(collection),
        ExtractedFileStatusMessage status => Write(status),
        ExtractedFileVerificationMessage verification => Write(verification),
        _ => throw new ArgumentException($"{message.GetType().Name} has no wire format", nameof(message)),
    };

    private static byte[] Write(ExtractionRequestMessage message) => IsV6(message)
        ? Bytes(message, new RequestV6 { KeyTag = message.KeyTag, ExtractionIdentifiers = [.. message.ExtractionIdentifiers] }, Json.RequestV6)
        : Bytes(message, new Request2024 { KeyTag = message.KeyTag, ExtractionIdentifiers = [.. message.ExtractionIdentifiers] }, Json.Request2024);

    private static byte[] Write(ExtractionRequestInfoMessage message) => IsV6(message)
        ? Bytes(
            message,
            new RequestInfoV6 { KeyTag = message.KeyTag, KeyValueCount = message.KeyValueCount, UserName = message.UserName },
            Json.RequestInfoV6)
        : Bytes(
            message,
            new RequestInfo2024 { KeyTag = message.KeyTag, KeyValueCount = message.KeyValueCount, UserName = message.UserName },
            Json.RequestInfo2024);

    private static byte[] Write(ExtractFileMessage message) => IsV6(message)
        ? Bytes(message, new FileV6 { DicomFilePath = message.DicomFilePath, OutputPath = message.OutputPath }, Json.FileV6)
        : Bytes(message, new File2024 { DicomFilePath = message.DicomFilePath, OutputPath = message.OutputPath }, Json.File2024);

    private static byte[] Write(ExtractFileCollectionInfoMessage message)
    {
        var files = WireDispatched.From(message.Dispatched);
        var reasons = new Dictionary<string, int>(message.RejectionReasons);
        return IsV6(message)
            ? Bytes(
                message,
                new CollectionInfoV6 { KeyValue = message.KeyValue, ExtractFileMessagesDispatched = files, RejectionReasons = reasons },
                Json.CollectionInfoV6)
            : Bytes(
                message,
                new CollectionInfo2024 { KeyValue = message.KeyValue, ExtractFileMessagesDispatched = files, RejectionReasons = reasons },
                Json.CollectionInfo2024);
    }

    private static byte[] Write(ExtractedFileStatusMessage message) => IsV6(message)
        ? Bytes(
            message,
            new StatusV6
            {
                DicomFilePath = message.DicomFilePath,
                Status = message.Status,
                OutputFilePath = message.OutputFilePath,
                StatusMessage = message.StatusMessage,
            },
            Json.StatusV6)
        : Bytes(
            message,
            new Status2024
            {
                DicomFilePath = message.DicomFilePath,
                Status = message.Status,
                OutputFilePath = message.OutputFilePath,
                StatusMessage = message.StatusMessage,
            },
            Json.Status2024);

    private static byte[] Write(ExtractedFileVerificationMessage message) => IsV6(message)
        ? Bytes(
            message,
            new VerificationV6
            {
                Status = message.Status,
                Report = message.Report,
                DicomFilePath = message.DicomFilePath,
                OutputFilePath = message.OutputFilePath,
            },
            Json.VerificationV6)
        : Bytes(
            message,
            new Verification2024
            {
                Status = message.Status,
                Report = message.Report,
                DicomFilePath = message.DicomFilePath,
                OutputFilePath = message.OutputFilePath,
            },
            Json.Verification2024);

    private static bool IsV6(ExtractionMessage message) => message.Extraction.Shape == MessageShape.V6;

    private static byte[] Bytes<T>(ExtractionMessage message, T body, JsonTypeInfo<T> type) where T : CommonMembers
    {
        body.Take(message.Extraction);
        return JsonSerializer.SerializeToUtf8Bytes(body, type);
    }
}
