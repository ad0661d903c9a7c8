namespace Smi.Extraction.IsIdentifiable;

/// <summary>AllowlistRules (WhiteListRules in older files): takes a reported part back when everything the rule says fits.</summary>
internal sealed class AllowlistRule(string? column, RulePattern? pattern, RulePattern? partPattern, FailureClassification? classification)
{
    public bool Covers(string ofColumn, string value, FailurePart part) =>
        (column is null || column.Equals(ofColumn, StringComparison.OrdinalIgnoreCase))
        && (classification is null || classification == part.Classification)
        && pattern?.IsMatch(value) != false
        && partPattern?.IsMatch(part.Word) != false;
}
