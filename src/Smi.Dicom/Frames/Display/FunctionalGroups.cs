namespace Smi.Dicom.Frames.Display;

/// <summary>Where attributes that may differ from frame to frame stand in enhanced objects (PS3.3 C.7.6.16).</summary>
internal static class FunctionalGroups
{
    private static readonly DicomTag Shared = new(0x52009229);
    private static readonly DicomTag PerFrame = new(0x52009230);

    /// <summary>The item of a functional group macro that holds for the frame; the data set itself when there is none.</summary>
    public static DicomDataSet Find(DicomDataSet dataSet, DicomTag macro, int frame) =>
        FirstItem(Item(dataSet, PerFrame, frame), macro) ?? FirstItem(Item(dataSet, Shared, 0), macro) ?? dataSet;

    private static DicomDataSet? Item(DicomDataSet dataSet, DicomTag sequence, int index) =>
        dataSet.FindSequence(sequence) is { } groups && index < groups.Items.Count ? groups.Items[index] : null;

    private static DicomDataSet? FirstItem(DicomDataSet? group, DicomTag macro) =>
        group?.FindSequence(macro) is { Items: [var item, ..] } ? item : null;
}
