namespace Smi.Deid.Tags.Ctp;

/// <summary>A place in a script file, one based.</summary>
internal readonly record struct Location(int Line, int Column);
