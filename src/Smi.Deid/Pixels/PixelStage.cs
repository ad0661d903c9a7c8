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

    public string Name => "pixels";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        if (!context.Policy.Clean.HasFlag(CleanOptions.Pixels))
        {
            return null;
        }

        var rules = ImageRules.For(context, policy);
        new OverlayCleaning(detector).Apply(context, rules, policy.RemovesOverlays);
        IconImages.RemoveFrom(context);
        var decision = policy.Decide(context.Original);
        if (!decision.IsExamined)
        {
            context.Report.Pixels = "exempt";
            context.Report.Note($"pixels were not examined: {decision.Reason}");
            return !context.Edited.Contains(DicomTags.PixelData) || (rules.IsEmpty && !HasMetadata(context))
                ? null
                : Clean(context, rules, isExamined: false, cancellation);
        }

        if (context.Original.Contains(DicomTags.FloatPixelData) || context.Original.Contains(DicomTags.DoubleFloatPixelData))
        {
            return new Refusal("floating point pixels cannot be examined for burned-in text");
        }

        return context.Edited.Contains(DicomTags.PixelData) ? Clean(context, rules, isExamined: true, cancellation) : null;
    }

    private Refusal? Clean(DeidContext context, ImageRules rules, bool isExamined, CancellationToken cancellation)
    {
        var reader = FrameReader.Open(context.Original, context.Source.TransferSyntax);
        var palette = Palette.For(context.Original, reader.Format);
        IReadOnlyList<IReadOnlyList<PlannedRegion>> found = isExamined
            ? Found(new FrameExaminer(detector, reader, palette).Examine(cancellation))
            : [.. Enumerable.Range(0, reader.FrameCount).Select(_ => Array.Empty<PlannedRegion>())];
        if (DecideWhole(found, reader, out var decided) is { } refusal)
        {
            return refusal;
        }

        decided = WithoutAllowed(context, decided, reader, palette, cancellation);
        IReadOnlyList<IReadOnlyList<PlannedRegion>> planned = [.. decided.Select((regions, frame) => Together(rules.OfFrame(frame), regions))];
        Rewrite(context, reader, planned, cancellation);
        Report(context, planned, isExamined);
        return null;
    }

    /// <summary>Comments and application segments of frames may name the patient, whatever the samples are.</summary>
    private static bool HasMetadata(DeidContext context) =>
        TransferSyntaxCodecs.FindDecoder(context.Source.TransferSyntax) is not null && context.Original.GetInt32(DicomTags.BitsAllocated) is 8 or 16 or 32;

    private static IReadOnlyList<IReadOnlyList<PlannedRegion>> Found(IReadOnlyList<IReadOnlyList<PixelBox>> boxes) =>
        [.. boxes.Select(frame => frame.Select(box => new PlannedRegion(box, DetectorSource)).ToArray())];

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

        if (textReader is null)
        {
            context.Report.Note($"text was not read, for Tesseract is not installed ({TesseractReader.HowToInstall})");
            return found;
        }

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
        IReadOnlyList<IReadOnlyList<PlannedRegion>> found, FrameReader reader, out IReadOnlyList<IReadOnlyList<PlannedRegion>> decided)
    {
        var whole = new PlannedRegion(new PixelBox(0, 0, reader.Format.Columns, reader.Format.Rows), $"{DetectorSource}: mostly text");
        bool IsMostlyText(IReadOnlyList<PlannedRegion> regions) =>
            regions.Sum(region => (double)region.Box.Width * region.Box.Height) > policy.MostlyText * whole.Box.Width * whole.Box.Height;

        decided = policy.WholeImage == WholeImageDecision.Redact ? [.. found.Select(regions => IsMostlyText(regions) ? [whole] : regions)] : found;
        return policy.WholeImage == WholeImageDecision.Refuse && found.Any(IsMostlyText)
            ? new Refusal("a frame is mostly text, and the policy refuses such images")
            : null;
    }

    private static void Rewrite(
        DeidContext context, FrameReader reader, IReadOnlyList<IReadOnlyList<PlannedRegion>> regions, CancellationToken cancellation)
    {
        var isConversion = PixelRewriting.NeedsConversion(reader, regions);
        var writer = isConversion ? FrameWriter.Native(reader, Path.GetTempPath()) : FrameWriter.InSyntaxOf(reader, Path.GetTempPath());
        context.DisposeWhenWritten(writer);
        if (new PixelRewriting(context.Original, reader).Rewrite(regions, writer, cancellation) is not { } rewritten)
        {
            return;
        }

        rewritten.ApplyTo(context.Edited);
        context.OutputSyntax = rewritten.Syntax;
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
            context.Report.CarriedOut(MethodCodes.CleanPixelData);
            context.Edited.SetString(DicomTags.BurnedInAnnotation, VR.CS, "NO");
        }
    }
}
