using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pixels.Regions;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>The pixel policy that the settings describe; its rule files are read and checked before the first image is touched.</summary>
internal static class PixelPolicyOptions
{
    /// <exception cref="UsageException">A rule file cannot be read, or following it could leave visible what it wants hidden.</exception>
    public static PixelPolicy Load(PixelSettings settings)
    {
        var policy = new PixelPolicy
        {
            Rules = LoadRules(settings.RuleFiles),
            Examination = settings.Examination,
            BlanksOutsideUltrasoundRegions = settings.BlankOutsideUltrasoundRegions,
            RemovesOverlays = settings.RemoveOverlays,
            WholeImage = settings.WholeImage,
            MostlyText = settings.MostlyText / 100.0,
            Reading = settings.AllowList is { } list ? new ReadingPolicy { Allowed = LoadAllowList(list), LeastConfidence = settings.LeastConfidence } : null,
        };
        return settings.NeverText is { } never ? policy with { NeverText = never } : policy;
    }

    /// <summary>What rule files say wrongly without danger, one line each.</summary>
    public static void Warn(PixelPolicy policy)
    {
        foreach (var finding in policy.Rules.Findings.Concat(policy.Reading?.Allowed.Findings ?? []))
        {
            Console.Error.WriteLine($"smi: warning: {finding}");
        }
    }

    private static OcrAllowList LoadAllowList(string path)
    {
        try
        {
            return OcrAllowList.Load(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"PixelOptions.AllowList: {fault.Message}");
        }
    }

    private static RegionRules LoadRules(IReadOnlyList<string> paths)
    {
        try
        {
            return RegionRules.Load(paths);
        }
        catch (RegionRuleException fault)
        {
            throw new UsageException($"PixelOptions.RuleFiles: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"PixelOptions.RuleFiles: {fault.Message}");
        }
    }
}
