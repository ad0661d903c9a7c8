namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>One subband of a tile-component.</summary>
internal sealed class Subband
{
    public required Area Area { get; init; }

    /// <summary>High-pass horizontally, vertically: HL is (1, 0).</summary>
    public required int Horizontal { get; init; }

    public required int Vertical { get; init; }

    /// <summary>Where the subband begins in the samples of the component.</summary>
    public required int BufferX { get; init; }

    public required int BufferY { get; init; }

    public required int BitPlanes { get; init; }

    /// <summary>Half a step of quantization, because decoded magnitudes count halves; not used by the reversible filter.</summary>
    public required float HalfStep { get; init; }
}
