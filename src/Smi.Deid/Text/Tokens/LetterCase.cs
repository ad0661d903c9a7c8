namespace Smi.Deid.Text.Tokens;

internal enum LetterCase : byte
{
    None,
    Lower,
    Capitalised,
    Upper,

    /// <summary>Capitals inside the word (MacGillivray, O'Brien, mmHg).</summary>
    Inner,
}
