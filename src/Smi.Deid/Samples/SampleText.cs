using Smi.Dicom.Frames;

namespace Smi.Deid.Samples;

/// <summary>One line of text burned into a frame (counted from 0) of a sample.</summary>
public sealed record SampleText(int Frame, PixelBox Box, string Text);
