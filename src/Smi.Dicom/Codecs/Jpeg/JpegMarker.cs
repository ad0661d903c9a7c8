namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Second byte of the markers of ITU-T T.81 table B.1 and T.87 annex C.</summary>
internal static class JpegMarker
{
    public const byte BaselineFrame = 0xC0;
    public const byte ExtendedFrame = 0xC1;
    public const byte ProgressiveFrame = 0xC2;
    public const byte LosslessFrame = 0xC3;
    public const byte HuffmanTables = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantisationTables = 0xDB;
    public const byte NumberOfLines = 0xDC;
    public const byte RestartInterval = 0xDD;
    public const byte FirstApplication = 0xE0;
    public const byte LastApplication = 0xEF;
    public const byte FrameOfJpegLs = 0xF7;
    public const byte ParametersOfJpegLs = 0xF8;
    public const byte Comment = 0xFE;

    public static bool IsRestart(byte marker) => marker is >= FirstRestart and <= LastRestart;

    /// <summary>Any start of frame, understood here or not; DHT, JPG and DAC lie in between and are none.</summary>
    public static bool IsFrame(byte marker) => marker is (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or FrameOfJpegLs;
}
