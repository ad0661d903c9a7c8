namespace Smi.Deid.Pixels;

/// <summary>For frames that are mostly text or look like a scanned page, where handwriting may stand beside what the detector finds.</summary>
public enum WholeImageDecision
{
    /// <summary>Only what was found is blanked.</summary>
    Regions,

    /// <summary>The whole frame is blanked.</summary>
    Redact,

    /// <summary>The file is refused.</summary>
    Refuse,
}
