using Smi.Deid.Identifiers;

namespace Smi.Deid.Verification;

/// <summary>Looks for the terms of one patient in pieces of text.</summary>
internal sealed class TextSearch(SearchTerms terms)
{
    /// <summary>The first identifier that stands in the text, or null.</summary>
    /// <param name="kind">What kind of identifier the attribute holds by itself; null for any other attribute.</param>
    public KnownIdentifier? Find(string text, IdentifierKind? kind)
    {
        if (text.Length == 0 || terms.IsEmpty)
        {
            return null;
        }

        var words = Words.Of(text);
        for (var index = 0; index < words.Count; index++)
        {
            foreach (var term in terms.StartingWith(words[index]))
            {
                if (Matches(term, words, index, kind))
                {
                    return term.Identifier;
                }
            }
        }

        return FindDigits(words);
    }

    /// <summary>The first identifier of eight or more digits that stands in the text as part of a longer number, or null.</summary>
    public KnownIdentifier? FindDigitsIn(string text)
    {
        foreach (var term in terms.Digits)
        {
            if (text.Contains(term.Digits, StringComparison.Ordinal))
            {
                return term.Identifier;
            }
        }

        return null;
    }

    /// <summary>The same in bytes that are no text, compressed frames for instance.</summary>
    public KnownIdentifier? FindDigitsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var term in terms.Digits)
        {
            if (bytes.IndexOf(term.Bytes) >= 0)
            {
                return term.Identifier;
            }
        }

        return null;
    }

    public bool SearchesDigits => terms.Digits.Count > 0;

    private static bool Matches(SearchTerm term, List<string> words, int start, IdentifierKind? kind)
    {
        if (start + term.Words.Count > words.Count)
        {
            return false;
        }

        for (var index = 0; index < term.Words.Count; index++)
        {
            if (words[start + index] != term.Words[index])
            {
                return false;
            }
        }

        return !term.IsWholeValueOnly || (kind == term.Identifier.Kind && start == 0 && words.Count == term.Words.Count);
    }

    // 050485 4186 is still 0504854186.
    private KnownIdentifier? FindDigits(List<string> words)
    {
        if (terms.Digits.Count == 0)
        {
            return null;
        }

        var run = "";
        foreach (var word in words.Append("."))
        {
            if (word.All(char.IsAsciiDigit))
            {
                run += word;
                continue;
            }

            if (run.Length > 0 && terms.Digits.FirstOrDefault(term => run.Contains(term.Digits, StringComparison.Ordinal))?.Identifier is { } found)
            {
                return found;
            }

            run = "";
        }

        return null;
    }
}
