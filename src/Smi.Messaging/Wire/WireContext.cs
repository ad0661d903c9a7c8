using System.Text.Json.Serialization;

namespace Smi.Messaging.Wire;

/// <summary>Source-generated readers and writers, as strict as those of SmiServices: unknown, missing and repeated members are errors.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(RequestV6))]
[JsonSerializable(typeof(RequestInfoV6))]
[JsonSerializable(typeof(FileV6))]
[JsonSerializable(typeof(CollectionInfoV6))]
[JsonSerializable(typeof(StatusV6))]
[JsonSerializable(typeof(VerificationV6))]
[JsonSerializable(typeof(Request2024))]
[JsonSerializable(typeof(RequestInfo2024))]
[JsonSerializable(typeof(File2024))]
[JsonSerializable(typeof(CollectionInfo2024))]
[JsonSerializable(typeof(Status2024))]
[JsonSerializable(typeof(Verification2024))]
internal sealed partial class WireContext : JsonSerializerContext;
