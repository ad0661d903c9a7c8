using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>What a script says of attributes without a rule.</summary>
internal sealed class CtpSwitches
{
    public HashSet<ushort> KeptGroups { get; } = [];

    public bool KeepsSafePrivate { get; set; }

    public bool RemovesPrivate { get; set; }

    public bool RemovesUnspecified { get; set; }

    public bool RemovesOverlays { get; set; }

    public bool RemovesCurves { get; set; }

    /// <summary>
    /// Attributes that stay without a rule: kept groups, the three UIDs without which an object is none, the image and its
    /// description, overlays and curves that no switch removes.
    /// </summary>
    public bool Keeps(DicomTag tag) =>
        KeptGroups.Contains(tag.Group)
        || (tag.IsPrivate && tag.Element < 0x0100 && KeepsSafePrivate)
        || tag == DicomTags.SopClassUid || tag == DicomTags.SopInstanceUid || tag == DicomTags.StudyInstanceUid
        || tag.Group is 0x0028 or 0x7FE0
        || (IsOverlay(tag) && !RemovesOverlays && !(tag.IsPrivate && RemovesPrivate))
        || (IsCurve(tag) && !RemovesCurves && !(tag.IsPrivate && RemovesPrivate));

    public static bool IsOverlay(DicomTag tag) => (tag.Group & 0xFF00) == 0x6000;

    public static bool IsCurve(DicomTag tag) => (tag.Group & 0xFF00) == 0x5000;
}
