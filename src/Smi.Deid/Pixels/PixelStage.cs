using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Examination;
using Smi.Deid.Pixels.Reading;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels;

/// <summary>
/// Clean Pixel Data (PS3.15 E.3.1): every frame is examined for burned-in text, and what is found or named by a rule is blanked; text in overlays is
/// cleared, icons are removed. Pixels that cannot be decoded are refused, unless the policy says that such images are not examined.
/// </summary>
/// <param name="detector">Finds text.</param>
/// <param name="policy">What is done about it.</param>
/// <param name="textReader">Null where there is none: then nothing that was found stays.</param>
public sealed class PixelStage(TextDetector detector, PixelPolicy policy, ITextReader? textReader = null) : IDeidStage
{
    internal const string DetectorSource = "detector";

    private readonly SideBySide sideBySide = new(Environment.ProcessorCount);

    public string Name => "pixels";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        if (!context.Policy.Clean.HasFlag(CleanOptions.Pixels))
        {
            return null;
        }

        if (PixelAttributes.Check(context.Original) is { } refusal)
        {
            return refusal;
        }

        var rules = ImageRules.For(context, policy);
        PixelAttributes.RemoveCopies(context);
        new OverlayCleaning(detector).Apply(context, rules, policy.RemovesOverlays);
        IconImages.RemoveFrom(context);
        var isFloating = context.Original.Contains(DicomTags.FloatPixelData) || context.Original.Contains(DicomTags.DoubleFloatPixelData);
        if (isFloating && !rules.IsEmpty)
        {
            return new Refusal("a rule blanks floating point pixels, which cannot be written");
        }

        var decision = policy.Decide(context.Original, context.Source.FileMeta);
        if (!decision.IsExamined)
        {
            context.Report.Pixels = "exempt";
            context.Report.Note($"pixels were not examined: {decision.Reason}");
            return !context.Edited.Contains(DicomTags.PixelData) || (rules.IsEmpty && !HasMetadata(context))
                ? null
                : Clean(context, rules, isExamined: false, cancellation);
        }

        if (policy.Examination.Count > 0)
        {
            context.Report.Note($"pixels are examined: {decision.Reason}");
        }

        if (isFloating)
        {
            return new Refusal("floating point pixels cannot be examined for burned-in text");
        }

        return context.Edited.Contains(DicomTags.PixelData) ? Clean(context, rules, isExamined: true, cancellation) : null;
    }

    private Refusal? Clean(DeidContext context, ImageRules rules, bool isExamined, CancellationToken cancellation)
    {
        var reader = FrameReader.Open(context.Original, context.Source.TransferSyntax);
        var palette = Palette.For(context.Original, reader.Format);
        IReadOnlyList<FrameFinding> found = isExamined
            ? Examiner(context.Original, reader, palette).Examine(cancellation)
            : [.. Enumerable.Repeat(new FrameFinding([], IsPage: false), reader.FrameCount)];
        if (DecideWhole(context, found, reader, out var decided) is { } refusal)
        {
            return refusal;
        }

        decided = WithoutAllowed(context, decided, reader, palette, cancellation);
        IReadOnlyList<IReadOnlyList<PlannedRegion>> planned = [.. decided.Select((regions, frame) => Together(rules.OfFrame(frame), regions))];
        var isConversion = PixelRewriting.NeedsConversion(reader, planned, found.Any(finding => finding.HidesBits == true));
        planned = isConversion ? planned : PixelRewriting.GrownToBlocks(reader, planned);
        Rewrite(context, new PixelRewriting(context.Original, reader, sideBySide, found), reader, planned, isConversion, cancellation);
        Report(context, planned, isExamined);
        return null;
    }

    /// <summary>Comments and application segments of frames may name the patient, whatever the samples are.</summary>
    private static bool HasMetadata(DeidContext context) =>
        TransferSyntaxCodecs.FindDecoder(context.Source.TransferSyntax) is not null && context.Original.GetInt32(DicomTags.BitsAllocated) is 8 or 16 or 32;

    private FrameExaminer Examiner(DicomDataSet original, FrameReader reader, Palette? palette) => new(
        detector, sideBySide, reader, palette, FurtherLooks.For(original, reader), IsInverted(original, reader.Format), TiledImage.For(original, reader), BlankValues.For(original, reader));

    private static bool IsInverted(DicomDataSet original, in FrameFormat format) =>
        format.PhotometricInterpretation == "MONOCHROME1" || original.GetString(new DicomTag(0x20500020)) == "INVERSE"; // Presentation LUT Shape

    /// <summary>What a rule blanks entirely need not be blanked again.</summary>
    private static PlannedRegion[] Together(IReadOnlyList<PlannedRegion> ruled, IReadOnlyList<PlannedRegion> found) =>
        [.. ruled, .. found.Where(region => !ruled.Any(rule => rule.Box.Contains(region.Box)))];

    /// <summary>What is left to blank when texts that the policy allows were read.</summary>
    private IReadOnlyList<IReadOnlyList<PlannedRegion>> WithoutAllowed(
        DeidContext context, IReadOnlyList<IReadOnlyList<PlannedRegion>> found, FrameReader reader, Palette? palette, CancellationToken cancellation)
    {
        if (policy.Reading is not { } reading)
        {
            return found;
        }

        if (TiledImage.Is(context.Original, reader))
        {
            context.Report.Note("text was not read, for what a tile shows may be a part of it");
            return found;
        }

        if (textReader is null)
        {
            context.Report.Note($"text was not read, for Tesseract is not installed ({TesseractReader.HowToInstall})");
            return found;
        }

        context.Report.Reader = TesseractReader.ProgramName;
        List<(int Frame, PixelBox Box)> kept = [];
        var saving = new TextSaving(textReader, reading.Allowed, reading.LeastConfidence);
        var blanked = new FrameReading(saving, reader, palette, context.Known).Sort(found, kept, cancellation);
        foreach (var (frame, box) in kept)
        {
            context.Report.AddKept(new RedactedRegion(frame, null, box.Left, box.Top, box.Right, box.Bottom, "allow-list"));
        }

        return blanked;
    }

    private Refusal? DecideWhole(
        DeidContext context, IReadOnlyList<FrameFinding> found, FrameReader reader, out IReadOnlyList<IReadOnlyList<PlannedRegion>> decided)
    {
        var whole = new PixelBox(0, 0, reader.Format.Columns, reader.Format.Rows);
        bool IsMostlyText(FrameFinding finding) => finding.IsCovered(policy.MostlyText, whole);
        PlannedRegion[] Planned(FrameFinding finding) => policy.WholeImage != WholeImageDecision.Redact ? Regions(finding)
            : IsMostlyText(finding) ? [new PlannedRegion(whole, $"{DetectorSource}: mostly text")]
            : finding.IsPage ? [new PlannedRegion(whole, $"{DetectorSource}: a page")]
            : Regions(finding);

        decided = [.. found.Select(Planned)];
        var pages = found.Count(finding => finding.IsPage || IsMostlyText(finding));
        if (pages > 0 && policy.WholeImage == WholeImageDecision.Regions)
        {
            context.Report.Note($"{pages} of {found.Count} frames look like pages, and handwriting on them may not have been found; WholeImage decides about such frames");
        }

        return pages > 0 && policy.WholeImage == WholeImageDecision.Refuse
            ? new Refusal("a frame is a page or mostly text, and the policy refuses such images")
            : null;
    }

    private static PlannedRegion[] Regions(FrameFinding finding) => [.. finding.Boxes.Select(box => new PlannedRegion(box, DetectorSource))];

    private static void Rewrite(
        DeidContext context, PixelRewriting rewriting, FrameReader reader, IReadOnlyList<IReadOnlyList<PlannedRegion>> regions, bool isConversion, CancellationToken cancellation)
    {
        var writer = isConversion ? FrameWriter.Native(reader, Path.GetTempPath()) : FrameWriter.InSyntaxOf(reader, Path.GetTempPath());
        context.DisposeWhenWritten(writer);
        if (rewriting.Rewrite(regions, writer, cancellation) is not { } rewritten)
        {
            return;
        }

        rewritten.ApplyTo(context.Edited, areValuesOthers: regions.Any(planned => planned.Count > 0));
        context.OutputSyntax = rewritten.Syntax;
        if (rewriting.HasClearedBits)
        {
            context.Report.Note("what stood in unused bits of samples was cleared");
        }

        if (isConversion)
        {
            context.Report.Note("frames were decompressed, for this transfer syntax cannot be blanked without loss");
        }
    }

    private static void Report(DeidContext context, IReadOnlyList<IReadOnlyList<PlannedRegion>> regions, bool isExamined)
    {
        for (var frame = 0; frame < regions.Count; frame++)
        {
            foreach (var (box, source, _) in regions[frame])
            {
                context.Report.Add(new RedactedRegion(frame, null, box.Left, box.Top, box.Right, box.Bottom, source));
            }
        }

        if (isExamined)
        {
            context.Report.Pixels = "examined";
            context.Report.FramesExamined = regions.Count;
            context.Report.CarriedOut(MethodCodes.CleanPixelData);
            context.Edited.SetString(DicomTags.BurnedInAnnotation, VR.CS, "NO");
        }
    }
}
