namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The code of one symbol, right-aligned; Length 0 = none.</summary>
internal readonly record struct HuffmanCode(ushort Bits, byte Length);
