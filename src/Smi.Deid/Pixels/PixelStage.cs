using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Examination;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels;

/// <summary>
/// Clean Pixel Data (PS3.15 E.3.1): every frame is examined for burned-in text and what is found is blanked; text in overlays is cleared, icons are
/// removed. Pixels that cannot be decoded are refused, unless the policy says that this SOP class never carries text.
/// </summary>
public sealed class PixelStage(TextDetector detector, PixelPolicy policy) : IDeidStage
{
    private const string DetectorSource = "detector";

    public string Name => "pixels";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        if (!context.Policy.Clean.HasFlag(CleanOptions.Pixels))
        {
            return null;
        }

        new OverlayCleaning(detector).Apply(context);
        RemoveIcons(context);
        if (policy.Exemption(context.Original) is { } exemption)
        {
            context.Report.Pixels = "exempt";
            context.Report.Note($"pixels were not examined: {exemption}");
            return null;
        }

        if (context.Original.Contains(DicomTags.FloatPixelData) || context.Original.Contains(DicomTags.DoubleFloatPixelData))
        {
            return new Refusal("floating point pixels cannot be examined for burned-in text");
        }

        return context.Edited.Contains(DicomTags.PixelData) ? Examine(context, cancellation) : null;
    }

    private Refusal? Examine(DeidContext context, CancellationToken cancellation)
    {
        var reader = FrameReader.Open(context.Original, context.Source.TransferSyntax);
        var palette = Palette.For(context.Original, reader.Format);
        var boxes = new FrameExaminer(detector, reader, palette).Examine(cancellation);
        if (DecideWhole(boxes, reader, out var decided) is { } refusal)
        {
            return refusal;
        }

        Rewrite(context, reader, palette, decided, cancellation);
        Report(context, decided);
        return null;
    }

    private Refusal? DecideWhole(
        IReadOnlyList<IReadOnlyList<PixelBox>> found, FrameReader reader, out IReadOnlyList<IReadOnlyList<PixelBox>> decided)
    {
        var whole = new PixelBox(0, 0, reader.Format.Columns, reader.Format.Rows);
        bool IsMostlyText(IReadOnlyList<PixelBox> boxes) =>
            boxes.Sum(box => (double)box.Width * box.Height) > policy.MostlyText * whole.Width * whole.Height;

        decided = policy.WholeImage == WholeImageDecision.Redact ? [.. found.Select(boxes => IsMostlyText(boxes) ? [whole] : boxes)] : found;
        return policy.WholeImage == WholeImageDecision.Refuse && found.Any(IsMostlyText)
            ? new Refusal("a frame is mostly text, and the policy refuses such images")
            : null;
    }

    private static void Rewrite(
        DeidContext context, FrameReader reader, Palette? palette, IReadOnlyList<IReadOnlyList<PixelBox>> boxes, CancellationToken cancellation)
    {
        var isConversion = PixelRewriting.NeedsConversion(reader, boxes);
        var writer = isConversion ? FrameWriter.Native(reader, Path.GetTempPath()) : FrameWriter.InSyntaxOf(reader, Path.GetTempPath());
        context.DisposeWhenWritten(writer);
        if (new PixelRewriting(context.Original, reader, palette).Rewrite(boxes, writer, isConversion, cancellation) is not { } rewritten)
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

    private static void Report(DeidContext context, IReadOnlyList<IReadOnlyList<PixelBox>> boxes)
    {
        for (var frame = 0; frame < boxes.Count; frame++)
        {
            foreach (var box in boxes[frame])
            {
                context.Report.Add(new RedactedRegion(frame, null, box.Left, box.Top, box.Right, box.Bottom, DetectorSource));
            }
        }

        context.Report.Pixels = "examined";
        context.Report.CarriedOut(MethodCodes.CleanPixelData);
        context.Edited.SetString(DicomTags.BurnedInAnnotation, VR.CS, "NO");
    }

    private static void RemoveIcons(DeidContext context)
    {
        if (Remove(context.Edited))
        {
            context.Report.Note("icon images were removed");
        }

        static bool Remove(DicomDataSet dataSet)
        {
            var isFound = dataSet.Remove(DicomTags.IconImageSequence);
            foreach (var item in dataSet.Elements.OfType<SequenceElement>().SelectMany(sequence => sequence.Items))
            {
                isFound |= Remove(item);
            }

            return isFound;
        }
    }
}
