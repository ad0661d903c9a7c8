namespace Smi.Dicom.CharacterSets;

/// <summary>
/// Which characters of a value, besides the control characters, bring code extensions back to the character set of value 1
/// (PS3.5 6.1.2.5.3). The choice follows from the VR.
/// </summary>
public enum CharacterSetDelimiters
{
    /// <summary>ST, LT, UT: a backslash is a character like any other.</summary>
    Text,

    /// <summary>LO, SH, UC: the backslash separates values.</summary>
    Values,

    /// <summary>PN: backslash, and <c>^</c> and <c>=</c> between components and component groups.</summary>
    PersonName,
}
