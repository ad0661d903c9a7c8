using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>Which images are examined for burned-in text, and what happens to pictures that are mostly text.</summary>
public sealed record PixelPolicy
{
    /// <summary>SOP classes whose samples are doses, labels or measured values that no device writes text into.</summary>
    public IReadOnlySet<string> NeverText { get; init; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "1.2.840.10008.5.1.4.1.1.481.2", // RT Dose Storage
        "1.2.840.10008.5.1.4.1.1.66.4", // Segmentation Storage
        "1.2.840.10008.5.1.4.1.1.66.7", // Label Map Segmentation Storage
        "1.2.840.10008.5.1.4.1.1.30", // Parametric Map Storage
    };

    /// <summary>What is done with a frame of which more than <see cref="MostlyText"/> was found to be text: a scanned letter or form.</summary>
    public WholeImageDecision WholeImage { get; init; } = WholeImageDecision.Regions;

    /// <summary>Share of a frame's area.</summary>
    public double MostlyText { get; init; } = 0.25;

    /// <summary>The reason why this image is not examined, or null.</summary>
    internal string? Exemption(DicomDataSet original) =>
        original.GetString(DicomTags.SopClassUid) is { } uid && NeverText.Contains(uid.TrimEnd('\0', ' '))
            ? "the policy says that this SOP class never carries burned-in text"
            : null;
}
