namespace Smi.Deid.Pixels.Regions;

/// <summary>Something in a rule file that cannot act as its author meant it; the file is used all the same.</summary>
public sealed record RuleFinding(string File, int Line, string Message)
{
    public override string ToString() => $"{File} line {Line}: {Message}";
}
