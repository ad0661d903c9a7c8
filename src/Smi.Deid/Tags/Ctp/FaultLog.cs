namespace Smi.Deid.Tags.Ctp;

/// <summary>Collects what is wrong while a script is read and compiled.</summary>
internal sealed class FaultLog(bool isStrict)
{
    private readonly List<ScriptFault> faults = [];

    public bool IsStrict => isStrict;

    public bool HasFatal => faults.Exists(fault => fault.IsFatal);

    public IReadOnlyList<ScriptFault> InOrder => [.. faults.Distinct().OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    /// <summary>Stops the program even in strict mode.</summary>
    public void Broken(Location at, string message) => faults.Add(new ScriptFault(at.Line, at.Column, true, message));

    /// <summary>Could let an original value through.</summary>
    public void Fatal(Location at, string message) => faults.Add(new ScriptFault(at.Line, at.Column, !isStrict, message));

    public void Warn(Location at, string message) => faults.Add(new ScriptFault(at.Line, at.Column, false, message));
}
