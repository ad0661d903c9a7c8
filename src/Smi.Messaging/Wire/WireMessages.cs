using System.Text.Json.Serialization;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>ExtractionRequestMessage.</summary>
internal sealed class WireRequest : WireMembers
{
    [JsonRequired]
    public string KeyTag { get; set; } = "";

    [JsonRequired]
    public List<string> ExtractionIdentifiers { get; set; } = [];
}

/// <summary>ExtractionRequestInfoMessage.</summary>
internal sealed class WireRequestInfo : WireMembers
{
    [JsonRequired]
    public string KeyTag { get; set; } = "";

    [JsonRequired]
    public int KeyValueCount { get; set; }

    [JsonRequired]
    public string UserName { get; set; } = "";
}

/// <summary>ExtractFileMessage.</summary>
internal sealed class WireFile : WireMembers
{
    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public string OutputPath { get; set; } = "";
}

/// <summary>ExtractFileCollectionInfoMessage.</summary>
internal sealed class WireCollectionInfo : WireMembers
{
    [JsonRequired]
    public string KeyValue { get; set; } = "";

    [JsonRequired]
    public WireDispatched ExtractFileMessagesDispatched { get; set; } = new();

    [JsonRequired]
    public Dictionary<string, int> RejectionReasons { get; set; } = [];
}

/// <summary>ExtractedFileStatusMessage.</summary>
internal sealed class WireStatus : WireMembers
{
    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public ExtractedFileStatus Status { get; set; }

    [JsonRequired]
    public string? OutputFilePath { get; set; }

    [JsonRequired]
    public string? StatusMessage { get; set; }
}

/// <summary>ExtractedFileVerificationMessage.</summary>
internal sealed class WireVerification : WireMembers
{
    [JsonRequired]
    public VerifiedFileStatus Status { get; set; }

    [JsonRequired]
    public string Report { get; set; } = "";

    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public string OutputFilePath { get; set; } = "";
}
