using System.Text.Json.Nodes;

namespace Smi.Messaging.Tests;

/// <summary>The samples of the wire format's documentation, and the same messages in the June 2024 shape.</summary>
internal static class WireSamples
{
    private const string Six =
        "\"ExtractionJobIdentifier\":\"ba5415bf-4a74-4f8d-b5df-09b601cc574d\",\"ProjectNumber\":\"project-001\",\"ExtractionDirectory\":\"project-001/extractions/extractme\",\"JobSubmittedAt\":\"2024-06-01T13:12:27.1234567Z\",\"IsIdentifiableExtraction\":false,\"IsNoFilterExtraction\":false";

    private const string Eight = Six + ",\"Modality\":\"CT\",\"IsPooledExtraction\":false";

    private const string RequestBody = "\"KeyTag\":\"SOPInstanceUID\",\"ExtractionIdentifiers\":[\"1.2.840.113619.2.1.2411.1031152382.365.1.736169244\"]";

    private const string RequestInfoBody = "\"KeyTag\":\"SOPInstanceUID\",\"KeyValueCount\":1,\"UserName\":\"alice\"";

    private const string FileBody = "\"DicomFilePath\":\"2024/06/01/ACC1/1.2.840.113619.dcm\",\"OutputPath\":\"1.2.3/1.2.3.4/1.2.840.113619-an.dcm\"";

    private const string CollectionBody =
        """
        "KeyValue":"1.2.840.113619.2.1","ExtractFileMessagesDispatched":{"SerializeableKeys":[{"MessageGuid":"11111111-2222-3333-4444-555555555555","ProducerProcessID":15701,"ProducerExecutableName":"CohortExtractor","OriginalPublishTimestamp":1795455327,"Parents":["aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"]}],"SerializeableValues":["1.2.3/1.2.3.4/1.2.840.113619-an.dcm"]},"RejectionReasons":{"ImageType is not ORIGINAL":2}
        """;

    private const string StatusBody =
        "\"DicomFilePath\":\"2024/06/01/ACC1/1.2.840.113619.dcm\",\"Status\":1,\"OutputFilePath\":\"1.2.3/1.2.3.4/1.2.840.113619-an.dcm\",\"StatusMessage\":null";

    private const string FailureBody =
        "\"DicomFilePath\":\"2024/06/01/ACC1/1.2.840.113619.dcm\",\"Status\":2,\"OutputFilePath\":null,\"StatusMessage\":\"why\"";

    private const string VerificationBody =
        "\"Status\":2,\"Report\":\"[]\",\"DicomFilePath\":\"2024/06/01/ACC1/1.2.840.113619.dcm\",\"OutputFilePath\":\"1.2.3/1.2.3.4/1.2.840.113619-an.dcm\"";

    public static string Request => $"{{{RequestBody},{Eight}}}";

    public static string Request2024 => $"{{{RequestBody},\"Modalities\":null,{Six}}}";

    public static string RequestInfo => $"{{{RequestInfoBody},{Eight}}}";

    public static string RequestInfo2024 => $"{{{RequestInfoBody},\"ExtractionModality\":\"CT,MR\",{Six}}}";

    public static string File => $"{{{FileBody},{Eight}}}";

    public static string File2024 => $"{{{FileBody},\"Modality\":null,{Six}}}";

    public static string Collection => $"{{{CollectionBody},{Eight}}}";

    public static string Collection2024 => $"{{{CollectionBody},{Six}}}";

    public static string Status => $"{{{StatusBody},{Eight}}}";

    public static string Status2024 => $"{{{StatusBody},{Six}}}";

    public static string Failure => $"{{{FailureBody},{Eight}}}";

    public static string Verification => $"{{{VerificationBody},{Eight}}}";

    public static string Verification2024 => $"{{{VerificationBody},{Six}}}";

    public static bool SameJson(string left, ReadOnlySpan<byte> right) => JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right));
}
