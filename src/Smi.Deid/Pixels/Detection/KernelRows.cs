using System.Runtime.CompilerServices;

namespace Smi.Deid.Pixels.Detection;

/// <summary>Where the rows under a kernel begin, the uppermost first.</summary>
[InlineArray(Most)]
internal struct KernelRows
{
    /// <summary>Rows of the largest kernel.</summary>
    public const int Most = 4;

    private int first;
}
