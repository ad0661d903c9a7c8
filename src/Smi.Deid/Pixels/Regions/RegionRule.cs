namespace Smi.Deid.Pixels.Regions;

/// <summary>A condition on the original attributes and the areas to blank, or to keep, where it holds.</summary>
internal sealed record RegionRule(string Name, string File, int Line, RuleCondition Condition, IReadOnlyList<RuleArea> Areas);
