using Smi.Deid.Pixels;
using Smi.Deid.Tools.Pools;
using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Tools.TakeOver;

/// <summary>
/// Pixel Data, overlay planes and the attributes that say how they are stored are taken from the tool's file; every other attribute stays as our
/// stages made it, so that a tool may read the original.
/// </summary>
internal sealed class PixelTakeOver : ITakeOver
{
    private const ushort FirstOverlay = 0x6000;
    private const ushort LastOverlay = 0x60FF;
    private const ushort OverlayData = 0x3000;

    private static readonly DicomTag ExtendedOffsetTable = new(0x7FE00001);
    private static readonly DicomTag ExtendedOffsetTableLengths = new(0x7FE00002);
    private static readonly DicomTag SmallestImagePixelValue = new(0x00280106);
    private static readonly DicomTag LargestImagePixelValue = new(0x00280107);

    private static readonly DicomTag[] Storage =
    [
        DicomTags.SamplesPerPixel, DicomTags.PhotometricInterpretation, DicomTags.PlanarConfiguration, DicomTags.BitsAllocated, DicomTags.BitsStored,
        DicomTags.HighBit, DicomTags.PixelRepresentation, SmallestImagePixelValue, LargestImagePixelValue, ExtendedOffsetTable,
        ExtendedOffsetTableLengths, DicomTags.PixelData,
    ];

    public bool Concerns(DeidContext context) => context.Edited.Contains(DicomTags.PixelData);

    public Refusal? From(ToolResult.Produced produced, ToolDefinition tool, DeidContext context, CancellationToken cancellation)
    {
        var made = produced.File.DataSet;
        if (!made.Contains(DicomTags.PixelData) || ExtentOf(made) != ExtentOf(context.Original))
        {
            return new Refusal($"the tool {tool.Name} made an image of another size or number of frames");
        }

        TakeStorage(made, context.Edited);
        MarkLoss(made, context);
        TakeOverlays(made, context.Edited);
        IconImages.RemoveFrom(context);
        context.OutputSyntax = produced.File.TransferSyntax;
        context.Report.Pixels = "tool";
        context.Report.CarriedOut(MethodCodes.CleanPixelData);
        context.Edited.SetString(DicomTags.BurnedInAnnotation, VR.CS, "NO");
        return made.FindValue(DicomTags.PixelData) is { } native ? PixelDataExtentStage.Check(native, made, context) : null;
    }

    private static (int? Rows, int? Columns, int Frames) ExtentOf(DicomDataSet image) =>
        (image.GetInt32(DicomTags.Rows), image.GetInt32(DicomTags.Columns), image.GetInt32(DicomTags.NumberOfFrames) ?? 1);

    // PS3.3 C.7.6.1.1.5: once lossy, always lossy.
    private static void MarkLoss(DicomDataSet made, DeidContext context)
    {
        if (made.GetString(DicomTags.LossyImageCompression) == "01" || TransferSyntaxCodecs.IsLossy(context.Source.TransferSyntax))
        {
            context.Edited.SetString(DicomTags.LossyImageCompression, VR.CS, "01");
        }
    }

    private static void TakeStorage(DicomDataSet made, DicomDataSet edited)
    {
        foreach (var tag in Storage)
        {
            if (made.Find(tag) is { } element)
            {
                edited.Set(element);
            }
            else
            {
                edited.Remove(tag);
            }
        }
    }

    // Only planes that our stages left: what they took out stays out.
    private static void TakeOverlays(DicomDataSet made, DicomDataSet edited)
    {
        foreach (var plane in edited.Elements.Where(element => element.Tag is { Group: >= FirstOverlay and <= LastOverlay, Element: OverlayData }).ToList())
        {
            if (made.Find(plane.Tag) is { } cleaned)
            {
                edited.Set(cleaned);
            }
            else
            {
                edited.Remove(plane.Tag);
            }
        }
    }
}
