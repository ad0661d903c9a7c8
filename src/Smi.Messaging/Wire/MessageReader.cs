using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>
/// Message bodies as SmiServices writes them, in either shape. Anything else is a <see cref="MalformedMessageException"/>
/// whose text names our own members and positions only.
/// </summary>
public static class MessageReader
{
    private static readonly WireContext Json = WireContext.Default;

    public static ExtractionRequestMessage ReadRequest(ReadOnlySpan<byte> body)
    {
        if (IsV6(body))
        {
            var message = Parse(body, Json.RequestV6);
            return new() { Extraction = message.Job(), KeyTag = message.KeyTag, ExtractionIdentifiers = WithoutNull(message.ExtractionIdentifiers) };
        }

        var older = Parse(body, Json.Request2024);
        return new() { Extraction = older.Job(older.Modalities), KeyTag = older.KeyTag, ExtractionIdentifiers = WithoutNull(older.ExtractionIdentifiers) };
    }

    public static ExtractionRequestInfoMessage ReadRequestInfo(ReadOnlySpan<byte> body)
    {
        if (IsV6(body))
        {
            var message = Parse(body, Json.RequestInfoV6);
            return new() { Extraction = message.Job(), KeyTag = message.KeyTag, KeyValueCount = message.KeyValueCount, UserName = message.UserName };
        }

        var older = Parse(body, Json.RequestInfo2024);
        return new()
        {
            Extraction = older.Job(older.ExtractionModality),
            KeyTag = older.KeyTag,
            KeyValueCount = older.KeyValueCount,
            UserName = older.UserName,
        };
    }

    public static ExtractFileMessage ReadFile(ReadOnlySpan<byte> body)
    {
        if (IsV6(body))
        {
            var message = Parse(body, Json.FileV6);
            return new() { Extraction = message.Job(), DicomFilePath = message.DicomFilePath, OutputPath = message.OutputPath };
        }

        var older = Parse(body, Json.File2024);
        return new() { Extraction = older.Job(older.Modality), DicomFilePath = older.DicomFilePath, OutputPath = older.OutputPath };
    }

    public static ExtractFileCollectionInfoMessage ReadCollectionInfo(ReadOnlySpan<byte> body)
    {
        if (IsV6(body))
        {
            var message = Parse(body, Json.CollectionInfoV6);
            return CollectionInfo(message.Job(), message.KeyValue, message.ExtractFileMessagesDispatched, message.RejectionReasons);
        }

        var older = Parse(body, Json.CollectionInfo2024);
        return CollectionInfo(older.Job(), older.KeyValue, older.ExtractFileMessagesDispatched, older.RejectionReasons);
    }

    public static ExtractedFileStatusMessage ReadStatus(ReadOnlySpan<byte> body)
    {
        if (IsV6(body))
        {
            var message = Parse(body, Json.StatusV6);
            return Status(message.Job(), message.DicomFilePath, message.Status, message.OutputFilePath, message.StatusMessage);
        }

        var older = Parse(body, Json.Status2024);
        return Status(older.Job(), older.DicomFilePath, older.Status, older.OutputFilePath, older.StatusMessage);
    }

    public static ExtractedFileVerificationMessage ReadVerification(ReadOnlySpan<byte> body)
    {
        if (IsV6(body))
        {
            var message = Parse(body, Json.VerificationV6);
            return Verification(message.Job(), message.Status, message.Report, message.DicomFilePath, message.OutputFilePath);
        }

        var older = Parse(body, Json.Verification2024);
        return Verification(older.Job(), older.Status, older.Report, older.DicomFilePath, older.OutputFilePath);
    }

    private static ExtractFileCollectionInfoMessage CollectionInfo(Extraction job, string key, WireDispatched files, Dictionary<string, int> reasons) =>
        new() { Extraction = job, KeyValue = key, Dispatched = files.ToFiles(), RejectionReasons = reasons };

    private static ExtractedFileStatusMessage Status(Extraction job, string source, ExtractedFileStatus status, string? output, string? reason) =>
        new() { Extraction = job, DicomFilePath = source, Status = Known(status), OutputFilePath = output, StatusMessage = reason };

    private static ExtractedFileVerificationMessage Verification(
        Extraction job, VerifiedFileStatus status, string report, string source, string output) =>
        new() { Extraction = job, Status = Known(status), Report = report, DicomFilePath = source, OutputFilePath = output };

    // A number that the enumeration does not have, or None, says nothing about the file: nobody may count it as a result.
    private static ExtractedFileStatus Known(ExtractedFileStatus status) =>
        status is >= ExtractedFileStatus.Anonymised and <= ExtractedFileStatus.Copied
            ? status
            : throw new MalformedMessageException("Status is not a number that ExtractedFileStatus has for a result");

    private static VerifiedFileStatus Known(VerifiedFileStatus status) =>
        status is >= VerifiedFileStatus.NotVerified and <= VerifiedFileStatus.ErrorWontRetry
            ? status
            : throw new MalformedMessageException("Status is not a number that VerifiedFileStatus has for a result");

    // Nullable annotations are checked on members but not inside lists.
    private static List<string> WithoutNull(List<string> identifiers) =>
        identifiers.TrueForAll(identifier => identifier is not null)
            ? identifiers
            : throw new MalformedMessageException("ExtractionIdentifiers holds a null");

    /// <summary>IsPooledExtraction is in every v6 message and in none of June 2024.</summary>
    private static bool IsV6(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.CurrentDepth == 1 && reader.ValueTextEquals("IsPooledExtraction"u8))
                    {
                        return true;
                    }

                    reader.Skip();
                }
            }

            return false;
        }
        catch (JsonException fault)
        {
            throw NotJson(fault);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new MalformedMessageException("the body is null");
        }
        catch (JsonException fault)
        {
            throw new MalformedMessageException(WireComplaint.Explain(body, type) ?? NotJson(fault).Message);
        }
    }

    private static MalformedMessageException NotJson(JsonException fault) =>
        new($"the body is not the expected JSON near line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}");
}
