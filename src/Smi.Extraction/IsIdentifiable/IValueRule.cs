namespace Smi.Extraction.IsIdentifiable;

/// <summary>A rule that looks at one value of one attribute.</summary>
internal interface IValueRule
{
    Task<(RuleAction Action, IReadOnlyList<FailurePart> Parts)> ApplyAsync(string column, string value, CancellationToken cancellation);
}
