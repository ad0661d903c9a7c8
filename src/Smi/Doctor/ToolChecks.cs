using System.Globalization;
using Smi.Deid.Samples;
using Smi.Deid.Tools;
using Smi.Dicom;
using Smi.Extraction.Doctor;
using Smi.Extraction.Settings;

namespace Smi.Doctor;

/// <summary>Each external tool of the settings: whether it is there, which version it is, whether it starts and answers for a synthetic file, and how long that takes.</summary>
internal static class ToolChecks
{
    public const string Topic = "tools";

    public static IReadOnlyList<Check> Run(ToolSettings settings, CancellationToken cancellation)
    {
        if (settings.Definitions.Count == 0)
        {
            return [];
        }

        var folder = Directory.CreateTempSubdirectory("smi-doctor-tools-").FullName;
        try
        {
            var samples = SampleHospital.Make(1);
            return [.. settings.Definitions.Select(tool => Judge(ToolCheck.Run(tool, Sample(tool, samples, folder), settings.WorkFolder, cancellation)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Check Judge(ToolCheckResult result) => result.Problem is { } problem
        ? Check.NoGo(Topic, result.Tool, problem)
        : Check.Good(Topic, result.Tool, string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Program}, version {result.Version ?? "unknown"}; the first file took {result.First.TotalSeconds:F2} s with its start, the next {result.Next.TotalSeconds:F2} s"));

    private static string Sample(ToolDefinition tool, IReadOnlyList<SampleFile> samples, string folder)
    {
        var path = Path.Combine(folder, $"{tool.Name}.dcm");
        using var file = File.Create(path);
        (samples.FirstOrDefault(sample => IsFor(tool, sample.DataSet)) ?? samples[0]).Write(file);
        return path;
    }

    private static bool IsFor(ToolDefinition tool, DicomDataSet dataSet)
    {
        var modality = dataSet.GetString(DicomTags.Modality) ?? "";
        var hasItsPart = tool.Stage switch
        {
            ToolStageKind.Pixels => dataSet.Contains(DicomTags.PixelData),
            ToolStageKind.Reports => dataSet.Contains(DicomTags.ContentSequence),
            _ => true,
        };
        return hasItsPart && (tool.Modalities.Count == 0 || tool.Modalities.Contains(modality));
    }
}
