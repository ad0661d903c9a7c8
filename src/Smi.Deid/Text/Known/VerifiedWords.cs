using Smi.Deid.Identifiers;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Verification;

namespace Smi.Deid.Text.Known;

/// <summary>
/// The words that verification will look for in the staged file. One that is left standing, however common in English, costs the whole text: so it is cut here.
/// </summary>
internal sealed class VerifiedWords : ITextFinder
{
    private readonly Dictionary<string, TextCategory> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TextCategory>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public VerifiedWords(KnownIdentifiers known)
    {
        foreach (var (word, identifier) in new SearchTerms(known).SingleWords) words.TryAdd(word, CategoryOf(identifier.Kind));
        bySpan = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Find(TokenizedText text, SpanCollector spans)
    {
        if (words.Count == 0) return;
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].Kind is TokenKind.Word or TokenKind.Mixed or TokenKind.Number && CategoryAt(text, index) is { } category)
            {
                spans.Add(text, index, index, category, SpanStrength.Known, "known " + category.ToString().ToLowerInvariant());
            }
        }
    }

    /// <summary>An apostrophe divides words there, not here: O'Donoghue is one token.</summary>
    private TextCategory? CategoryAt(TokenizedText text, int index)
    {
        var rest = text.Raw(index);
        while (rest.Length > 0)
        {
            var length = 0;
            while (length < rest.Length && char.IsLetterOrDigit(rest[length])) length++;
            if (length > 0 && bySpan.TryGetValue(rest[..length], out var category)) return category;
            rest = rest[Math.Min(rest.Length, length + 1)..];
        }

        return null;
    }

    private static TextCategory CategoryOf(IdentifierKind kind) => kind switch
    {
        IdentifierKind.PatientName or IdentifierKind.OtherPersonName => TextCategory.Name,
        IdentifierKind.Address => TextCategory.Address,
        IdentifierKind.Institution => TextCategory.Facility,
        IdentifierKind.BirthDate => TextCategory.Date,
        IdentifierKind.Phone => TextCategory.Phone,
        IdentifierKind.Device => TextCategory.Device,
        _ => TextCategory.Id,
    };
}
