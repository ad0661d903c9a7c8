namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Packets that follow one progression order; the ends lie outside (ITU T.800 A.6.6).</summary>
internal readonly record struct ProgressionVolume(
    ProgressionOrder Order, int FirstResolution, int EndResolution, int FirstComponent, int EndComponent, int EndLayer);
