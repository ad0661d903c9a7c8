using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>
/// Says of some images whether they are examined for burned-in text. A criterion that is null fits every image; all that are set must fit
/// the original attributes, in any case of letters.
/// </summary>
public sealed record ExaminationRule
{
    /// <summary>How the report calls the rule.</summary>
    public required string Name { get; init; }

    public required bool IsExamined { get; init; }

    public string? Modality { get; init; }

    /// <summary>One of the values of Image Type.</summary>
    public string? ImageType { get; init; }

    /// <summary>A SOP Class UID.</summary>
    public string? SopClass { get; init; }

    /// <summary>YES or NO; an image without the attribute fits neither.</summary>
    public string? BurnedInAnnotation { get; init; }

    internal bool Fits(DicomDataSet original) =>
        Fits(original, DicomTags.Modality, Modality)
        && Fits(original, DicomTags.ImageType, ImageType)
        && Fits(original, DicomTags.SopClassUid, SopClass)
        && Fits(original, DicomTags.BurnedInAnnotation, BurnedInAnnotation);

    private static bool Fits(DicomDataSet original, DicomTag tag, string? wanted) =>
        wanted is null || original.GetStrings(tag).Any(value => value.Trim('\0', ' ').Equals(wanted, StringComparison.OrdinalIgnoreCase));
}
