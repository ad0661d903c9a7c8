using System.Text.RegularExpressions;

namespace Smi.Deid.Pseudonyms;

/// <summary>Patient IDs as they are compared and as they may be written.</summary>
public static partial class PatientIdText
{
    private const int Longest = 64;

    /// <summary>Blanks and case make no other patient.</summary>
    public static string Fold(string text) => Blanks().Replace(text.Trim(), " ").ToUpperInvariant();

    /// <summary>What is wrong with a replacement as a value of VR LO in any character set (PS3.5 6.2), or null.</summary>
    public static string? Fault(string replacement) =>
        replacement.Length is 0 or > Longest || replacement.Any(character => character is < ' ' or > '~' or '\\') || replacement.Trim() != replacement
            ? $"a replacement must have 1 to {Longest} ASCII characters without backslash and without blanks around it"
            : null;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
