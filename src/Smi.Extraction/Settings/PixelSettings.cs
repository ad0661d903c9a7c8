using Smi.Deid.Pixels;

namespace Smi.Extraction.Settings;

/// <summary>PixelOptions: what is done about burned-in text. Paths are absolute.</summary>
public sealed record PixelSettings
{
    /// <summary>Deid recipes, CTP pixel scripts, device tables and tables of rectangles; each shows itself which it is.</summary>
    public IReadOnlyList<string> RuleFiles { get; init; } = [];

    public bool BlankOutsideUltrasoundRegions { get; init; } = true;

    public bool RemoveOverlays { get; init; }

    /// <summary>The first that fits decides; images that none fits are examined.</summary>
    public IReadOnlyList<ExaminationRule> Examination { get; init; } = [];

    /// <summary>SOP Class UIDs that are not examined; null: those of the program.</summary>
    public IReadOnlyList<string>? NeverText { get; init; }

    public WholeImageDecision WholeImage { get; init; } = WholeImageDecision.Regions;

    /// <summary>Percent of a frame.</summary>
    public int MostlyText { get; init; } = 25;

    /// <summary>Texts that may stay visible; null: none may, and nothing is read.</summary>
    public string? AllowList { get; init; }

    /// <summary>Percent.</summary>
    public int LeastConfidence { get; init; } = 80;
}
