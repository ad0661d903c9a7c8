namespace Smi.Extraction.CohortExtractor.Rules;

/// <summary>A token of a rule file: a word, a string, a number, or a sign.</summary>
internal readonly record struct RuleToken(RuleTokenKind Kind, string Text, int Line);

internal enum RuleTokenKind
{
    Word,
    Text,
    Number,
    Sign,
    End,
}
