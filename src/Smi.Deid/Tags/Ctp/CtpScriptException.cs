namespace Smi.Deid.Tags.Ctp;

/// <summary>A script or lookup table that must not be used; the message names every fatal fault with its line and the way out.</summary>
public sealed class CtpScriptException : Exception
{
    public CtpScriptException(string path, IReadOnlyList<ScriptFault> faults) : base(Describe(path, faults)) => Faults = faults;

    /// <summary>All faults, warnings included, in the order of the file.</summary>
    public IReadOnlyList<ScriptFault> Faults { get; }

    private static string Describe(string path, IReadOnlyList<ScriptFault> faults) =>
        string.Join('\n', faults.Where(fault => fault.IsFatal).Select(fault => $"{Path.GetFileName(path)} {fault}"));
}
