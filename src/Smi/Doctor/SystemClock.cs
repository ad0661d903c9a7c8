using System.Runtime.InteropServices;

namespace Smi.Doctor;

/// <summary>Asks the kernel whether something keeps its clock right.</summary>
internal static partial class SystemClock
{
    private const int TimeError = 5;

    // struct timex has 208 bytes; zero modes reads and changes nothing.
    private const int Length = 512;

    /// <summary>Null where the kernel does not say.</summary>
    public static unsafe bool? IsSynchronised()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var buffer = stackalloc byte[Length];
        new Span<byte>(buffer, Length).Clear();
        return ReadClock(buffer) switch
        {
            < 0 => null,
            var state => state != TimeError,
        };
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static unsafe partial int ReadClock(byte* timex);
}
