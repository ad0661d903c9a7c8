namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>An LSE segment of type 1; zero stands for the default (ITU T.87 C.2.4.1.1).</summary>
internal readonly record struct JpegLsPreset(int MaximumSample, int Threshold1, int Threshold2, int Threshold3, int Reset);
