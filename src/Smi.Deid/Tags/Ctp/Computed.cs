namespace Smi.Deid.Tags.Ctp;

/// <summary>A function call, bound to its arguments when the script was compiled.</summary>
internal sealed class Computed(Func<Evaluation, string> compute) : Expression
{
    public override string Evaluate(Evaluation run) => compute(run);
}
