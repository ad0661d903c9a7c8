using System.Text.Json;
using System.Text.Json.Serialization;
using Smi.Extraction.Doctor;

namespace Smi.Doctor;

/// <summary>The report as one JSON object: <c>at</c>, <c>go</c>, <c>checks</c> (topic, name, verdict, detail).</summary>
internal static partial class DoctorJson
{
    public static string Write(DoctorReport report) => JsonSerializer.Serialize(
        new Form(report.At, report.IsGo, [.. report.Checks.Select(check => new Line(check.Topic, check.Name, Word(check.Verdict), check.Detail))]), Context.Default.Form);

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Good => "good",
        Verdict.Warning => "warning",
        Verdict.NoGo => "no-go",
        _ => "fact",
    };

    internal sealed record Form(DateTimeOffset At, bool Go, IReadOnlyList<Line> Checks);

    internal sealed record Line(string Topic, string Name, string Verdict, string Detail);

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Form))]
    private sealed partial class Context : JsonSerializerContext;
}
