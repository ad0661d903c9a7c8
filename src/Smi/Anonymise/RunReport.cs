using System.Text;
using System.Text.Json;
using Smi.Deid;
using Smi.Terminal;

namespace Smi.Anonymise;

/// <summary>What became of each input file: a JSON line each when asked for, counts, and the list of refused files. Safe from many threads.</summary>
internal sealed class RunReport : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream? file;
    private readonly List<(string Path, string Reason)> refused = [];
    private readonly bool showsProgress = !Console.IsErrorRedirected;
    private int anonymised;
    private int uncheckedImages;

    public RunReport(string? path) => file = path is null ? null : PrivateFile.Create(path);

    public int RefusedCount => refused.Count;

    public void Add(string path, DeidOutcome outcome, string? output, TimeSpan elapsed)
    {
        var line = file is null ? [] : Line(path, outcome, output, elapsed);
        lock (gate)
        {
            Count(path, outcome);
            file?.Write(line);
            if (showsProgress && (anonymised + refused.Count) % 50 == 0)
            {
                Console.Error.Write($"\r{anonymised + refused.Count} files");
            }
        }
    }

    public void PrintSummary()
    {
        if (showsProgress)
        {
            Console.Error.Write("\r                    \r");
        }

        foreach (var (path, reason) in refused.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            Console.WriteLine($"refused: {Printable.Of(path)}: {reason}");
        }

        Console.WriteLine($"{anonymised} files de-identified, {refused.Count} refused");
        if (uncheckedImages > 0)
        {
            Console.WriteLine($"warning: the pixels of {uncheckedImages} images were not examined for burned-in text");
        }
    }

    public void Dispose() => file?.Dispose();

    private void Count(string path, DeidOutcome outcome)
    {
        switch (outcome)
        {
            case DeidOutcome.Deidentified done:
                anonymised++;
                uncheckedImages += done.Report.Pixels == "unchecked" ? 1 : 0;
                break;
            case DeidOutcome.Refused refusal:
                refused.Add((path, $"{refusal.Stage}: {refusal.Reason}"));
                break;
            default:
                refused.Add((path, "the file disappeared"));
                break;
        }
    }

    private static byte[] Line(string path, DeidOutcome outcome, string? output, TimeSpan elapsed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("outcome", outcome switch { DeidOutcome.Deidentified => "anonymised", DeidOutcome.SourceMissing => "missing", _ => "refused" });
            var refusal = outcome as DeidOutcome.Refused;
            json.WriteString("stage", refusal?.Stage);
            json.WriteString("reason", refusal?.Reason);
            json.WriteString("output", output);
            json.WriteNumber("milliseconds", Math.Round(elapsed.TotalMilliseconds, 3));
            WriteDetails(json, path, (outcome as DeidOutcome.Deidentified)?.Report);
            json.WriteEndObject();
        }

        bytes.Write(Encoding.ASCII.GetBytes("\n"));
        return bytes.ToArray();
    }

    private static void WriteDetails(Utf8JsonWriter json, string path, DeidReport? report)
    {
        json.WriteString("pixels", report?.Pixels);
        json.WriteStartObject("examined");
        json.WriteNumber("frames", report?.FramesExamined ?? 0);
        json.WriteNumber("overlayFrames", report?.OverlayFramesExamined ?? 0);
        json.WriteString("reader", report?.Reader);
        json.WriteEndObject();
        WriteRegions(json, "regions", path, report?.Regions);
        WriteRegions(json, "kept", path, report?.Kept);
        json.WriteStartArray("notes");
        foreach (var note in report?.Notes ?? [])
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
    }

    private static void WriteRegions(Utf8JsonWriter json, string name, string path, IReadOnlyList<RedactedRegion>? regions)
    {
        json.WriteStartArray(name);
        foreach (var region in regions ?? [])
        {
            RegionJson.Write(json, path, region);
        }

        json.WriteEndArray();
    }
}
