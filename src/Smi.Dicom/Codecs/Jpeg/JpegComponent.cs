namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// One component of a frame (T.81 A.1.1). Width and Height count its samples; BlockColumns × BlockRows cover these, the padded
/// ones cover whole MCUs of an interleaved scan.
/// </summary>
internal sealed record JpegComponent
{
    public required byte Identifier { get; init; }

    public required int HorizontalSampling { get; init; }

    public required int VerticalSampling { get; init; }

    public required int QuantisationTable { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public int PaddedBlockColumns { get; init; }

    public int PaddedBlockRows { get; init; }

    public int BlockColumns => (Width + 7) / 8;

    public int BlockRows => (Height + 7) / 8;
}
