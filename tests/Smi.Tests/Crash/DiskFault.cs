namespace Smi.Tests.Crash;

/// <summary>How the disk of a crash run comes to be full in its middle.</summary>
internal enum DiskFault
{
    None,

    /// <summary>The kernel answers that it is, which needs no privilege.</summary>
    Refusing,

    /// <summary>It is: a small file system, which only root may mount.</summary>
    Mounted,
}
