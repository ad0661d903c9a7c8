namespace Smi.Deid.Tags.Ctp;

/// <summary>Pieces one after the other.</summary>
internal sealed class Concatenation : Expression
{
    private readonly Expression[] parts;
    private readonly Directives directives;

    private Concatenation(Expression[] parts)
    {
        this.parts = parts;
        Constant = parts.All(part => part.Constant is not null) ? string.Concat(parts.Select(part => part.Constant)) : null;
        directives = DirectiveText.In(Constant ?? "");
    }

    public override string? Constant { get; }

    public static Expression Of(IReadOnlyList<Expression> parts) => parts switch
    {
        [] => Literal.Empty,
        [var single] => single,
        _ => new Concatenation([.. parts]),
    };

    public override string Evaluate(Evaluation run)
    {
        run.Produce(directives);
        return parts.Length == 2
            ? string.Concat(parts[0].Evaluate(run), parts[1].Evaluate(run))
            : string.Concat(parts.Select(part => part.Evaluate(run)));
    }
}
