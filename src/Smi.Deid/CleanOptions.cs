namespace Smi.Deid;

/// <summary>The clean options of PS3.15 E.3.</summary>
[Flags]
public enum CleanOptions
{
    None = 0,
    Descriptors = 1,
    StructuredContent = 2,
    Graphics = 4,
    Pixels = 8,
}
