using System.Text.Json.Serialization;

namespace Smi.Extraction.IsIdentifiable;

[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<ValueFailure>))]
internal sealed partial class ReportContext : JsonSerializerContext;
