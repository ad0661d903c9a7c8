using System.Collections.Concurrent;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>The grayscale pipeline of PS3.4 N.2 as a data set describes it; windows and slopes may differ from frame to frame.</summary>
internal sealed class GrayTransform(DicomDataSet dataSet, FrameFormat format)
{
    private static readonly DicomTag ModalityLutSequence = new(0x00283000);
    private static readonly DicomTag PixelValueTransformationSequence = new(0x00289145);
    private static readonly DicomTag RescaleIntercept = new(0x00281052);
    private static readonly DicomTag RescaleSlope = new(0x00281053);
    private static readonly DicomTag PresentationLutShape = new(0x20500020);

    private readonly LookupTable? modality = LookupTable.Find(dataSet, ModalityLutSequence, format.IsSigned);

    // Frames share those of the data set or of shared groups, whose tables are large.
    private readonly ConcurrentDictionary<(DicomDataSet Holder, bool IsSigned), ValuesOfInterest?> interests = [];

    private readonly bool isInverted = format.PhotometricInterpretation == "MONOCHROME1"
        || dataSet.GetString(PresentationLutShape) == "INVERSE";

    /// <summary>That of one frame.</summary>
    /// <param name="index">Zero based.</param>
    public GrayScale Of(int index)
    {
        var groups = FunctionalGroups.Find(dataSet, PixelValueTransformationSequence, index);
        var intercept = First(groups, RescaleIntercept) ?? 0;
        // What goes into a VOI LUT has the sign that the modality transform leaves (PS3.3 C.11.2.1.1).
        var isSigned = modality is null && (format.IsSigned || intercept < 0);
        return new GrayScale(format)
        {
            Modality = modality,
            IsInverted = isInverted,
            Slope = First(groups, RescaleSlope) ?? 1,
            Intercept = intercept,
            Interest = interests.GetOrAdd((ValuesOfInterest.Holder(dataSet, index), isSigned), key => ValuesOfInterest.Find(key.Holder, key.IsSigned)),
        };
    }

    private static double? First(DicomDataSet dataSet, DicomTag tag) => dataSet.GetNumbers(tag) is [var value, ..] ? value : null;
}
