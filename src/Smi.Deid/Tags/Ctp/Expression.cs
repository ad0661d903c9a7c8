namespace Smi.Deid.Tags.Ctp;

/// <summary>A compiled piece of a rule. Immutable; one object serves all files and threads.</summary>
internal abstract class Expression
{
    /// <summary>The value when it is the same for every file, else null.</summary>
    public virtual string? Constant => null;

    public abstract string Evaluate(Evaluation run);
}
