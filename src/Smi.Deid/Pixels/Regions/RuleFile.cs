namespace Smi.Deid.Pixels.Regions;

/// <summary>What a parser of rule files gathers.</summary>
internal sealed class RuleFile(string name)
{
    private readonly List<RegionRule> _rules = [];
    private readonly List<RuleFinding> _findings = [];

    public string Name { get; } = name;

    public IReadOnlyList<RegionRule> Rules => _rules;

    public IReadOnlyList<RuleFinding> Findings => _findings;

    public void Add(string rule, int line, RuleCondition condition, IReadOnlyList<RuleArea> areas) =>
        _rules.Add(new RegionRule(rule, Name, line, condition, areas));

    public void Report(int line, string message) => _findings.Add(new RuleFinding(Name, line, message));
}
