namespace Smi.Dicom.Codecs;

/// <summary>
/// What the Image Pixel Module says of one frame (PS3.3 C.7.6.3). Decoded frames are always Rows × Columns pixels,
/// samples interleaved by pixel (Planar Configuration 0), each sample little endian in BitsAllocated / 8 bytes.
/// </summary>
public readonly record struct FrameFormat
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required int SamplesPerPixel { get; init; }

    /// <summary>8, 16 or 32 for codecs; 1 only for native bit-packed data.</summary>
    public required int BitsAllocated { get; init; }

    public required int BitsStored { get; init; }

    public int HighBit { get; init; }

    /// <summary>The bit of a sample that is the lowest of its stored value (PS3.5 8.1.1).</summary>
    public int LowBit => HighBit + 1 - BitsStored;

    /// <summary>Pixel Representation 1: two's complement.</summary>
    public bool IsSigned { get; init; }

    /// <summary>As declared by the data set; it describes native data and what RLE and some JPEG-LS streams hold, not decoded frames.</summary>
    public int PlanarConfiguration { get; init; }

    /// <summary>Photometric Interpretation, trimmed: MONOCHROME2, RGB, YBR_FULL_422 …</summary>
    public required string PhotometricInterpretation { get; init; }

    public int BytesPerSample => (BitsAllocated + 7) / 8;

    /// <summary>Bytes of one decoded frame.</summary>
    public long FrameLength => (long)Rows * Columns * SamplesPerPixel * BytesPerSample;
}
