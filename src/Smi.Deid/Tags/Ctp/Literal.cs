namespace Smi.Deid.Tags.Ctp;

/// <summary>Text that stands in the script.</summary>
internal sealed class Literal(string text) : Expression
{
    public static readonly Literal Empty = new("");

    private readonly Directives directives = DirectiveText.In(text);

    public override string Constant => text;

    public override string Evaluate(Evaluation run)
    {
        run.Produce(directives);
        return text;
    }
}
