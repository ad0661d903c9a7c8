namespace Smi.Dicom.CharacterSets;

/// <summary>The half of the eight-bit code table that a graphic set is invoked in: G0 is bytes 21–7E, G1 is A0–FF.</summary>
internal enum GraphicHalf
{
    G0,
    G1,
}
