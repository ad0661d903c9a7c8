using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// What rules blank in one image, whatever the detector finds: region rules and what lies outside of the ultrasound regions. They are asked
/// with the original attributes, for the tag stage has removed the manufacturer by now.
/// </summary>
internal sealed class ImageRules
{
    private const string UltrasoundSource = "outside the ultrasound regions";
    private readonly IReadOnlyList<RuleRegion> rules;
    private readonly List<PlannedRegion> everyFrame;

    private ImageRules(IReadOnlyList<RuleRegion> rules, IEnumerable<PlannedRegion> ultrasound)
    {
        this.rules = rules;
        everyFrame = [.. rules.Where(IsInPixelData).Where(rule => rule.Frame is null).Select(Planned), .. ultrasound];
    }

    /// <summary>True when nothing of Pixel Data is blanked because of a rule.</summary>
    public bool IsEmpty => everyFrame.Count == 0 && !rules.Any(IsInPixelData);

    public static ImageRules For(DeidContext context, PixelPolicy policy)
    {
        var (columns, rows) = (context.Original.GetInt32(DicomTags.Columns) ?? 0, context.Original.GetInt32(DicomTags.Rows) ?? 0);
        if (columns <= 0 || rows <= 0)
        {
            return new ImageRules([], []);
        }

        var matching = policy.Rules.Match(context.Original, context.Source.FileMeta, context.SourcePath, columns, rows);
        foreach (var outside in matching.Where(rule => rule.Box.IsEmpty))
        {
            context.Report.Note($"{outside.Source} lies outside of the image");
        }

        var frames = context.Original.GetInt32(DicomTags.NumberOfFrames) ?? 1;
        return new ImageRules([.. matching.Where(rule => !rule.Box.IsEmpty).Select(rule => OnFramesThatAreThere(rule, frames, context))], policy.BlanksOutsideUltrasoundRegions ? Ultrasound(context, columns, rows) : []);
    }

    /// <summary>Boxes of a frame of Pixel Data.</summary>
    public IReadOnlyList<PlannedRegion> OfFrame(int frame) =>
        [.. everyFrame, .. rules.Where(rule => rule.Frame == frame && IsInPixelData(rule)).Select(Planned)];

    /// <summary>
    /// Boxes of an overlay in its own pixels. Those that are meant for the image are moved by its origin, and stand where they are besides, for
    /// dicompixelanon does not move them.
    /// </summary>
    /// <param name="number">Which of the overlays that are there, from 0.</param>
    /// <param name="group">6000, 6002 …</param>
    /// <param name="frame">Of the overlay, from 0.</param>
    /// <param name="origin">Column and row of the image where the overlay's first pixel lies, from 0.</param>
    public IEnumerable<PlannedRegion> OfOverlay(int number, ushort group, int frame, (int Column, int Row) origin) =>
        rules.Where(rule => rule.Frame is null || rule.Frame == frame)
            .Where(rule => rule.Overlay is null || rule.Overlay == number || rule.Overlay == (group - 0x6000) / 2)
            .SelectMany(rule => rule.Overlay is null && origin != (0, 0) ? new[] { new PlannedRegion(Moved(rule.Box, origin), rule.Source), Planned(rule) } : [Planned(rule)]);

    /// <summary>Who counts frames in another way meant one of these.</summary>
    private static RuleRegion OnFramesThatAreThere(RuleRegion rule, int frames, DeidContext context)
    {
        if (rule.Frame is not { } frame || frame < frames || rule.Overlay is not null)
        {
            return rule;
        }

        context.Report.Note($"{rule.Source} names a frame that the image has not, and was followed on every frame");
        return rule with { Frame = null };
    }

    private static bool IsInPixelData(RuleRegion rule) => rule.Overlay is null;

    private static PlannedRegion Planned(RuleRegion rule) => new(rule.Box, rule.Source, IsExact: true);

    private static PixelBox Moved(PixelBox box, (int Column, int Row) origin) =>
        new(box.Left - origin.Column, box.Top - origin.Row, box.Right - origin.Column, box.Bottom - origin.Row);

    /// <summary>A sequence none of whose regions makes sense says nothing about where the picture is: then the detector alone decides.</summary>
    private static IEnumerable<PlannedRegion> Ultrasound(DeidContext context, int columns, int rows)
    {
        if (!UltrasoundRegions.ArePresent(context.Original))
        {
            return [];
        }

        if (UltrasoundRegions.Inside(context.Original, columns, rows).Count == 0)
        {
            context.Report.Note("the Sequence of Ultrasound Regions holds no region of the image and was not followed");
            return [];
        }

        return UltrasoundRegions.Outside(context.Original, columns, rows).Select(box => new PlannedRegion(box, UltrasoundSource, IsExact: true));
    }
}
