namespace Smi.Deid.Tags.Ctp;

/// <summary>Something that is wrong in a script or lookup table, where it stands, and the way out.</summary>
/// <param name="Line">One based.</param>
/// <param name="Column">One based.</param>
/// <param name="IsFatal">The fault could let an original value through, so the program does not start.</param>
/// <param name="Message">A plain sentence; it may quote the script, which holds no patient's values.</param>
public sealed record ScriptFault(int Line, int Column, bool IsFatal, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}
