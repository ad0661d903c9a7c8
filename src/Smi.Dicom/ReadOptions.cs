namespace Smi.Dicom;

/// <summary>Bounds on what is read from a file that may be hostile.</summary>
public sealed record ReadOptions
{
    public static readonly ReadOptions Default = new();

    /// <summary>Sequences within sequences; deeper files are refused. Real objects stay below twenty.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Data elements at all depths together.</summary>
    public int MaxElements { get; init; } = 10_000_000;

    /// <summary>Bytes that a deflated data set may inflate to.</summary>
    public long MaxInflatedLength { get; init; } = 8L << 30;

    /// <summary>A file up to this length is read at once; a longer one is looked at through a window.</summary>
    public int MaxHeldLength { get; init; } = 256 * 1024;
}
