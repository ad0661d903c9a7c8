namespace Smi.Dicom;

/// <summary>A row of the data dictionary (PS3.6 clause 6 to 8).</summary>
/// <param name="Tag">The tag; for a repeating group (50xx, 60xx) the one that was asked for.</param>
/// <param name="VR">The VR, the first one where several are allowed ("US or SS"), <see cref="VR.None"/> where the standard gives none.</param>
/// <param name="OtherVR">The second VR where several are allowed.</param>
public sealed record DictionaryEntry(DicomTag Tag, VR VR, VR OtherVR, string Multiplicity, string Keyword, string Name, bool IsRetired);
