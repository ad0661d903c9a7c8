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
}
