using System.Text.Json;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>
/// Message bodies as SmiServices writes them, in either shape. Anything else is a <see cref="MalformedMessageException"/>
/// whose text names our own members and positions only.
/// </summary>
public static class MessageReader
{
    public static ExtractionRequestMessage ReadRequest(ReadOnlySpan<byte> body)
    {
        var message = Parse<WireRequest>(body);
        return new() { Extraction = message.Job(), KeyTag = message.KeyTag, ExtractionIdentifiers = WithoutNull(message.ExtractionIdentifiers) };
    }

    public static ExtractionRequestInfoMessage ReadRequestInfo(ReadOnlySpan<byte> body)
    {
        var message = Parse<WireRequestInfo>(body);
        return new() { Extraction = message.Job(), KeyTag = message.KeyTag, KeyValueCount = message.KeyValueCount, UserName = message.UserName };
    }

    public static ExtractFileMessage ReadFile(ReadOnlySpan<byte> body)
    {
        var message = Parse<WireFile>(body);
        return new() { Extraction = message.Job(), DicomFilePath = message.DicomFilePath, OutputPath = message.OutputPath };
    }

    public static ExtractFileCollectionInfoMessage ReadCollectionInfo(ReadOnlySpan<byte> body)
    {
        var message = Parse<WireCollectionInfo>(body);
        return new()
        {
            Extraction = message.Job(),
            KeyValue = message.KeyValue,
            Dispatched = message.ExtractFileMessagesDispatched.ToFiles(),
            RejectionReasons = message.RejectionReasons,
        };
    }

    public static ExtractedFileStatusMessage ReadStatus(ReadOnlySpan<byte> body)
    {
        var message = Parse<WireStatus>(body);
        return new()
        {
            Extraction = message.Job(),
            DicomFilePath = message.DicomFilePath,
            Status = Known(message.Status),
            OutputFilePath = message.OutputFilePath,
            StatusMessage = message.StatusMessage,
        };
    }

    public static ExtractedFileVerificationMessage ReadVerification(ReadOnlySpan<byte> body)
    {
        var message = Parse<WireVerification>(body);
        return new()
        {
            Extraction = message.Job(),
            Status = Known(message.Status),
            Report = message.Report,
            DicomFilePath = message.DicomFilePath,
            OutputFilePath = message.OutputFilePath,
        };
    }

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

    private static T Parse<T>(ReadOnlySpan<byte> body) where T : WireMembers
    {
        var shape = IsV6(body) ? MessageShape.V6 : MessageShape.June2024;
        var type = WireShape.Of<T>(shape);
        try
        {
            var message = JsonSerializer.Deserialize(body, type) ?? throw new MalformedMessageException("the body is null");
            message.Shape = shape;
            return message;
        }
        catch (JsonException fault)
        {
            throw new MalformedMessageException(WireComplaint.Explain(body, type) ?? NotJson(fault).Message);
        }
    }

    private static MalformedMessageException NotJson(JsonException fault) =>
        new($"the body is not the expected JSON near line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}");
}
