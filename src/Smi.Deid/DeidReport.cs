namespace Smi.Deid;

/// <summary>What was done to one file: no values, only attributes, rules and counts.</summary>
public sealed class DeidReport
{
    private readonly List<string> notes = [];
    private readonly List<RedactedRegion> regions = [];
    private readonly List<RedactedRegion> kept = [];
    private readonly SortedSet<string> methodCodes = new(StringComparer.Ordinal);

    /// <summary>Plain sentences, one for each thing worth knowing.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Rectangles that were blanked.</summary>
    public IReadOnlyList<RedactedRegion> Regions => regions;

    /// <summary>Rectangles in which text was found and stays, and because of what.</summary>
    public IReadOnlyList<RedactedRegion> Kept => kept;

    /// <summary>Codes of CID 7050 for what was really carried out, in order.</summary>
    public IReadOnlyCollection<string> MethodCodes => methodCodes;

    /// <summary>How far the pixels were looked at: <c>unchecked</c>, <c>none</c> (no pixels), <c>examined</c> …</summary>
    public string Pixels { get; set; } = "none";

    /// <summary>How many frames of Pixel Data the detector looked at.</summary>
    public int FramesExamined { get; set; }

    /// <summary>How many frames of overlays it looked at.</summary>
    public int OverlayFramesExamined { get; set; }

    /// <summary>What read the text that was found, so that allowed texts could stay; null when nothing did.</summary>
    public string? Reader { get; set; }

    /// <summary>A date of the file was moved and not removed; Longitudinal Temporal Information Modified says so.</summary>
    public bool HasMovedDates { get; set; }

    public int Removed { get; set; }

    public int Replaced { get; set; }

    public void Note(string sentence)
    {
        if (!notes.Contains(sentence))
        {
            notes.Add(sentence);
        }
    }

    public void Add(RedactedRegion region) => regions.Add(region);

    public void AddKept(RedactedRegion region) => kept.Add(region);

    /// <param name="code">A code value of CID 7050, for something that this run did to this file.</param>
    public void CarriedOut(string code) => methodCodes.Add(code);
}
