using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>Which images are examined for burned-in text, which rules blank regions, and what happens to pictures that are mostly text.</summary>
public sealed record PixelPolicy
{
    /// <summary>SOP classes whose samples are doses, labels or measured values that no device writes text into.</summary>
    public IReadOnlyList<string> NeverText { get; init; } =
    [
        "1.2.840.10008.5.1.4.1.1.481.2", // RT Dose Storage
        "1.2.840.10008.5.1.4.1.1.66.4", // Segmentation Storage
        "1.2.840.10008.5.1.4.1.1.66.7", // Label Map Segmentation Storage
        "1.2.840.10008.5.1.4.1.1.30", // Parametric Map Storage
    ];

    /// <summary>The first that fits an image decides whether it is examined; images that none fits are, unless they are of <see cref="NeverText"/>.</summary>
    public IReadOnlyList<ExaminationRule> Examination { get; init; } = [];

    /// <summary>Regions to blank whether text is found there or not.</summary>
    public RegionRules Rules { get; init; } = RegionRules.None;

    /// <summary>Pixels outside of the Sequence of Ultrasound Regions are blanked where the data set has one.</summary>
    public bool BlanksOutsideUltrasoundRegions { get; init; } = true;

    /// <summary>Overlays are removed whole instead of being examined.</summary>
    public bool RemovesOverlays { get; init; }

    /// <summary>What is done with a frame of which more than <see cref="MostlyText"/> was found to be text, or that looks like a scanned form or handwriting.</summary>
    public WholeImageDecision WholeImage { get; init; } = WholeImageDecision.Regions;

    /// <summary>Share of a frame's area.</summary>
    public double MostlyText { get; init; } = 0.25;

    /// <summary>Null: nothing is read, and everything that is found is blanked.</summary>
    public ReadingPolicy? Reading { get; init; }

    /// <summary>All that decides about pixels, for the fingerprint of the policy.</summary>
    internal string Description => string.Join('\n',
    [
        string.Join(',', NeverText),
        .. Examination.Select(rule => $"{rule.IsExamined} {rule.Modality} {rule.ImageType} {rule.SopClass} {rule.BurnedInAnnotation}"),
        .. Rules.Fingerprints,
        FormattableString.Invariant($"{BlanksOutsideUltrasoundRegions} {RemovesOverlays} {WholeImage} {MostlyText:R} {Reading?.Allowed.Fingerprint} {Reading?.LeastConfidence:R}"),
    ]);

    /// <summary>Whether the detector looks at this image, and why.</summary>
    internal ExaminationDecision Decide(DicomDataSet original, DicomDataSet? fileMeta) =>
        Examination.FirstOrDefault(rule => rule.Fits(original)) is { } rule
            ? new ExaminationDecision(rule.IsExamined, $"{rule.Name} says that such images are {(rule.IsExamined ? "" : "not ")}examined")
        : IsNeverText(original, fileMeta)
            ? new ExaminationDecision(false, "the policy says that this SOP class never carries burned-in text")
        : new ExaminationDecision(true, "images that no entry of the policy fits are examined");

    // A file whose meta information names another class is not taken at its word.
    private bool IsNeverText(DicomDataSet original, DicomDataSet? fileMeta) =>
        Uid(original, DicomTags.SopClassUid) is { Length: > 0 } uid && NeverText.Contains(uid)
        && (fileMeta is null || Uid(fileMeta, DicomTags.MediaStorageSopClassUid) is not { Length: > 0 } stored || stored == uid);

    private static string? Uid(DicomDataSet dataSet, DicomTag tag) => dataSet.GetString(tag)?.TrimEnd('\0', ' ');
}
