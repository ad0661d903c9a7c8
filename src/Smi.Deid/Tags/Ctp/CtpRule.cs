namespace Smi.Deid.Tags.Ctp;

/// <summary>One element rule, compiled.</summary>
internal sealed class CtpRule
{
    private const string Always = "@always()";

    public CtpRule(RuleTag tag, string text, Location at, Expression expression)
    {
        Tag = tag;
        Text = text;
        Line = at.Line;
        Expression = expression;
        Constant = expression.Constant is { } value ? Outcome.Of(JavaText.Trim(value), (Directives)~0) : null;
    }

    public RuleTag Tag { get; }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    public int Line { get; }

    public Expression Expression { get; }

    /// <summary>What the rule does to every file alike; null when it depends on the file.</summary>
    public Outcome? Constant { get; }

    /// <summary>Makes the attribute when it is missing.</summary>
    public bool Inserts => Text.StartsWith(Always, StringComparison.Ordinal);

    /// <summary>The only form that makes a missing sequence.</summary>
    public bool InsertsSequence => Text.StartsWith(Always + "@require()", StringComparison.Ordinal);

    public bool StartsWithRemove => Text.StartsWith(DirectiveText.Remove, StringComparison.Ordinal);
}
