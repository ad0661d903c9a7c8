using Smi.Deid.Identifiers;

namespace Smi.Deid.Verification;

/// <summary>Words, upper case, that stand one after the other when an identifier is still there.</summary>
internal sealed class SearchTerm
{
    public required IReadOnlyList<string> Words { get; init; }

    public required KnownIdentifier Identifier { get; init; }

    /// <summary>Counts only when it is the whole value of an attribute of the same kind: too short or too common for more.</summary>
    public bool IsWholeValueOnly { get; init; }
}
