using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Capitals inside a word.</summary>
internal static class InnerNames
{
    /// <summary>MacIntyre, DeSouza: capitals inside that names have; others are those of sequence names.</summary>
    public static bool IsName(ReadOnlySpan<char> word)
    {
        foreach (var particle in (ReadOnlySpan<string>)["Mac", "Mc", "De", "Di", "Le", "La", "Van", "Fitz", "O'", "O’", "D'", "D’", "N'", "N’"])
        {
            if (word.Length > particle.Length + 2 && word.StartsWith(particle) && char.IsUpper(word[particle.Length]) && !word[(particle.Length + 1)..].ContainsAnyInRange('A', 'Z')) return true;
        }

        return false;
    }

    /// <summary>McLeod, MacLeod, O'Neill, D'Arcy, with the capital that follows.</summary>
    public static bool IsScottishOrIrish(ReadOnlySpan<char> word)
    {
        if (word.Length < 5) return false;
        if (word[0] is 'O' or 'D' or 'o' && Folding.IsApostrophe(word[1]) && char.IsUpper(word[2])) return true;
        return (word.StartsWith("Mc", StringComparison.Ordinal) && char.IsUpper(word[2])) || (word.StartsWith("Mac", StringComparison.Ordinal) && char.IsUpper(word[3]));
    }
}
