using Smi.Deid.Tools;

namespace Smi.Extraction.Pipeline;

/// <summary>Tells faults of the machine, which say nothing about the message, from those that may be the message's.</summary>
internal static class Faults
{
    // errno of ENOSPC, EDQUOT, EROFS, EIO, ESTALE, EMFILE and ENFILE, in the HResult that .NET gives an IOException on Linux.
    private static readonly int[] MachineErrors = [28, 122, 30, 5, 116, 24, 23];

    /// <summary>These are waited out, however often they come; they never use up the attempts of a message.</summary>
    public static bool IsOfTheMachine(Exception fault) =>
        fault is Smi.Messaging.Brokers.BrokerException or OutOfMemoryException or ToolException { IsOfTheMachine: true }
        || (fault is IOException io && MachineErrors.Contains(io.HResult & 0xFFFF))
        || (fault is AggregateException { InnerException: { } inner } && IsOfTheMachine(inner));

    /// <summary>A name for metrics and logs. The message of an exception may hold a source path; its type does not.</summary>
    public static string Name(Exception fault) => fault.GetType().Name;
}
