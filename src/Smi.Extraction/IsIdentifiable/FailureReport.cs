using System.Text.Encodings.Web;
using System.Text.Json;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>The Report member of verification messages: a JSON array, as IsIdentifiable writes it.</summary>
public static class FailureReport
{
    private static readonly ReportContext Json = new(new JsonSerializerOptions(ReportContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(IReadOnlyList<ValueFailure> failures) => JsonSerializer.Serialize(failures, Json.IReadOnlyListValueFailure);

    /// <summary>Null when the text is no report; a verifier that failed may have sent any text.</summary>
    public static IReadOnlyList<ValueFailure>? TryRead(string report)
    {
        try
        {
            return JsonSerializer.Deserialize(report, Json.IReadOnlyListValueFailure);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
