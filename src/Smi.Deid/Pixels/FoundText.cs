namespace Smi.Deid.Pixels;

/// <summary>A region with burned-in text. A class without a printing ToString: what was read may be a patient's name.</summary>
public sealed class FoundText(RedactedRegion region, string? text)
{
    public RedactedRegion Region => region;

    /// <summary>Null when it was not read.</summary>
    public string? Text => text;
}
