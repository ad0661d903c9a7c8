using Smi.Deid.Pixels;

namespace Smi.Extraction.Settings;

/// <summary>Reads the section PixelOptions.</summary>
internal static class PixelSettingsReader
{
    public static PixelSettings Read(YamlSection section, SettingsPaths files) => new()
    {
        RuleFiles = [.. section.Texts("RuleFiles").Select(files.Resolve)],
        BlankOutsideUltrasoundRegions = section.Flag("BlankOutsideUltrasoundRegions", true),
        RemoveOverlays = section.Flag("RemoveOverlays", false),
        Examination = [.. section.Sections("Examination").Select(Rule)],
        NeverText = section.Texts("NeverText").Count > 0 ? [.. section.Texts("NeverText").Where(uid => uid != "none")] : null,
        WholeImage = section.Choice("WholeImage", WholeImageDecision.Regions),
        MostlyText = section.Number("MostlyText", 25, 1, 100),
        AllowList = files.ResolveOptional(section.OptionalText("AllowList")),
        LeastConfidence = section.Number("LeastConfidence", 80, 0, 100),
    };

    private static ExaminationRule Rule(YamlSection section)
    {
        var rule = new ExaminationRule
        {
            Name = section.Path,
            IsExamined = section.Has("Examine") ? section.Flag("Examine", true) : throw section.Fault("Examine", "must be true or false"),
            Modality = section.OptionalText("Modality"),
            ImageType = section.OptionalText("ImageType"),
            SopClass = section.OptionalText("SopClass"),
            BurnedInAnnotation = section.OptionalText("BurnedInAnnotation"),
        };
        section.Close();
        return rule is { Modality: null, ImageType: null, SopClass: null, BurnedInAnnotation: null } && !rule.IsExamined
            ? throw section.Fault("Examine", "is false for every image; to leave pixels alone take pixels out of DeidOptions.Clean")
            : rule;
    }
}
