using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>
/// What the two shapes make of the same messages. v6: all eight members about the job in each, the modality never null. June 2024: none says whether
/// the extraction is pooled, and three have a modality, each under a name of its own.
/// </summary>
internal static class WireShape
{
    private static readonly JsonSerializerOptions V6 = Options(AsV6);
    private static readonly JsonSerializerOptions June2024 = Options(AsJune2024);

    public static JsonTypeInfo<T> Of<T>(MessageShape shape) => (JsonTypeInfo<T>)(shape == MessageShape.V6 ? V6 : June2024).GetTypeInfo(typeof(T));

    // The readers are JSON readers, not browsers: escaping is left to what JSON needs, as SmiServices does.
    private static JsonSerializerOptions Options(Action<JsonTypeInfo> shape) => new(WireContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = WireContext.Default.WithAddedModifier(shape),
    };

    private static void AsV6(JsonTypeInfo type)
    {
        if (Find(type, nameof(WireMembers.Modality)) is { } modality)
        {
            (modality.IsGetNullable, modality.IsSetNullable) = (false, false);
        }
    }

    private static void AsJune2024(JsonTypeInfo type)
    {
        if (Find(type, nameof(WireMembers.IsPooledExtraction)) is { } pooled)
        {
            type.Properties.Remove(pooled);
        }

        if (Find(type, nameof(WireMembers.Modality)) is { } modality)
        {
            Rename(type, modality);
        }
    }

    private static void Rename(JsonTypeInfo type, JsonPropertyInfo modality)
    {
        if (type.Type == typeof(WireRequest))
        {
            // Several are separated by commas.
            modality.Name = "Modalities";
        }
        else if (type.Type == typeof(WireRequestInfo))
        {
            modality.Name = "ExtractionModality";
        }
        else if (type.Type != typeof(WireFile))
        {
            type.Properties.Remove(modality);
        }
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name) =>
        typeof(WireMembers).IsAssignableFrom(type.Type) ? type.Properties.FirstOrDefault(property => property.Name == name) : null;
}
