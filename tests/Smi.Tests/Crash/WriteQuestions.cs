using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Smi.Tests.Crash;

/// <summary>
/// The kernel asks us about every system call that gives a file more bytes, of one process and its children (seccomp_unotify(2), Linux 5.5). No
/// privilege is needed.
/// </summary>
internal sealed partial class WriteQuestions : IDisposable
{
    private const int NoNewPrivileges = 38;
    private const int SetFilter = 1;
    private const int NewListener = 1 << 3;
    private const int LookEvery = 100;
    private const short Readable = 1;
    private const uint ContinueSystemCall = 1;

    // _IOWR('!', 0, struct seccomp_notif) and _IOWR('!', 1, struct seccomp_notif_resp).
    private const nuint Receive = 0xC0502100;
    private const nuint Send = 0xC0182101;

    private readonly int _listener;

    private WriteQuestions(int listener) => _listener = listener;

    /// <summary>From here on about this thread, for ever, and what it starts. It must end without writing to a file itself.</summary>
    /// <exception cref="Win32Exception">The kernel is older, or does not let us.</exception>
    public static unsafe WriteQuestions OfThisThread()
    {
        Instruction[] instructions = [.. Instructions()];
        fixed (Instruction* first = instructions)
        {
            var filter = new Filter { Length = (ushort)instructions.Length, Instructions = first };
            if (Control(NoNewPrivileges, 1, 0, 0, 0) != 0 || SystemCall(Calls.Seccomp, SetFilter, NewListener, &filter) is not (>= 0 and var listener))
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "the kernel does not tell about the system calls of a process");
            }

            return new WriteQuestions((int)listener);
        }
    }

    /// <summary>Answers until the last process is gone: with the error number, or, where that is 0, by letting the call through.</summary>
    public unsafe void Answer(Func<int> error)
    {
        var poll = new Poll { Descriptor = _listener, Wanted = Readable };
        while (PollFor(&poll, 1, LookEvery) <= 0 || (poll.Found & Readable) != 0)
        {
            Notification asked = default;
            if ((poll.Found & Readable) == 0 || InputOutput(_listener, Receive, &asked) != 0)
            {
                continue;
            }

            var number = error();
            var answer = new Response { Id = asked.Id, Error = -number, Flags = number == 0 ? ContinueSystemCall : 0 };
            // The process may be gone by now.
            _ = InputOutput(_listener, Send, &answer);
        }
    }

    public void Dispose() => _ = Close(_listener);

    private static List<Instruction> Instructions()
    {
        const ushort loadWord = 0x20, jumpIfEqual = 0x15, returnConstant = 0x06;
        const uint allow = 0x7FFF0000, ask = 0x7FC00000;
        uint[] asked = [Calls.Write, Calls.WriteMany, Calls.CopyRange, Calls.Allocate];
        var instructions = new List<Instruction> { new(loadWord, 4), new(jumpIfEqual, Calls.Architecture, 1, 0), new(returnConstant, allow), new(loadWord, 0) };
        instructions.AddRange(asked.Select((call, index) => new Instruction(jumpIfEqual, call, (byte)(asked.Length - index), 0)));
        instructions.AddRange([new(returnConstant, allow), new(returnConstant, ask)]);
        return instructions;
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static unsafe partial nint SystemCall(nint number, nint operation, nint flags, Filter* filter);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int InputOutput(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int PollFor(Poll* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary>Numbers of system calls that give a file more bytes; what goes to pipes and sockets is none of them.</summary>
    private static class Calls
    {
        private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;

        public static uint Architecture => IsArm ? 0xC00000B7 : 0xC000003E;

        public static int Seccomp => IsArm ? 277 : 317;

        public static uint Write => IsArm ? 68u : 18u;

        public static uint WriteMany => IsArm ? 70u : 296u;

        public static uint CopyRange => IsArm ? 285u : 326u;

        public static uint Allocate => IsArm ? 47u : 285u;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, uint constant, byte ifTrue = 0, byte ifFalse = 0)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Constant = constant;
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Filter
    {
        public ushort Length;
        public Instruction* Instructions;
    }

    // struct seccomp_notif: what is asked, and by whom; only its id matters here.
    [StructLayout(LayoutKind.Sequential, Size = 80)]
    private struct Notification
    {
        public ulong Id;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Response
    {
        public ulong Id;
        public long Value;
        public int Error;
        public uint Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
