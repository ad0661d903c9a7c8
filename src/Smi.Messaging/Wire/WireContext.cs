using System.Text.Json.Serialization;

namespace Smi.Messaging.Wire;

/// <summary>Source-generated readers and writers, as strict as those of SmiServices: unknown, missing and repeated members are errors.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireRequestInfo))]
[JsonSerializable(typeof(WireFile))]
[JsonSerializable(typeof(WireCollectionInfo))]
[JsonSerializable(typeof(WireStatus))]
[JsonSerializable(typeof(WireVerification))]
internal sealed partial class WireContext : JsonSerializerContext;
