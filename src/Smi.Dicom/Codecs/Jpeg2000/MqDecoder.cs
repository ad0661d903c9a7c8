using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The arithmetic decoder (ITU T.800 annex C), made to be a local of a coding pass, so that its registers are the processor's.
/// The standard's 16 bits of interval and code are bits 47 to 62. Below them the code has bits that were read ahead, a one that marks their
/// end, and zeros. What is decoded is near to random, so that nothing is decided by a branch but what most often goes the same way.
/// </summary>
internal unsafe struct MqDecoder
{
    private const long HalfInterval = 1L << 62;
    private const ulong BitsReadAhead = (1UL << MqStates.ProbabilityShift) - 1;
    private const int BitsAtOnce = 32;

    private readonly BlockMemory* _memory;
    private long _interval;
    private long _code;

    /// <summary>Goes on where the pass before has stopped.</summary>
    public MqDecoder(BlockMemory* memory)
    {
        _memory = memory;
        _interval = memory->Interval;
        _code = memory->Code;
    }

    /// <summary>Begins a segment of bits without stuffing; at <paramref name="end"/> there must be four bytes of ones, which are read again and again.</summary>
    public static void Start(BlockMemory* memory, byte* bits, byte* end)
    {
        memory->Next = bits;
        memory->End = end;
        memory->Interval = HalfInterval;

        // C.3.5: the first bit of the data is the second highest of the code.
        memory->Code = HalfInterval >> 1;
        var decoder = new MqDecoder(memory);
        decoder.ReadAhead();
        decoder.Keep();
    }

    /// <summary>Leaves the registers to the next pass.</summary>
    public readonly void Keep()
    {
        _memory->Interval = _interval;
        _memory->Code = _code;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Decode(ref ulong context)
    {
        var probability = (long)(context & MqStates.Probability);
        return Divide(ref context, probability, _interval - probability, _code - probability);
    }

    /// <summary>The same, quicker where the more probable symbol is most often sent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint DecodeLikely(ref ulong context)
    {
        var probability = (long)(context & MqStates.Probability);
        var (interval, code) = (_interval - probability, _code - probability);
        if ((code | (interval - HalfInterval)) < 0)
        {
            return Divide(ref context, probability, interval, code);
        }

        (_interval, _code) = (interval, code);
        return (uint)context & 1;
    }

    /// <summary>
    /// C.3.2, where <paramref name="interval"/> is the upper part and <paramref name="code"/> is negative when it lies in the lower, whose symbol is the
    /// less probable one unless that part is the larger. Conditions are masks: all ones or zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Divide(ref ulong context, long probability, long interval, long code)
    {
        var state = context;
        var number = (uint)state & MqStates.Number;
        var more = _memory->AfterMore[number];
        var change = more ^ _memory->AfterLess[number];
        var isLower = code >> 63;
        var surplus = interval - probability;
        var isLess = (surplus >> 63) ^ isLower;
        code += probability & isLower;
        interval -= surplus & isLower;
        var isSmall = (ulong)((interval - HalfInterval) >> 63);
        context = state ^ ((state ^ more ^ (change & (ulong)isLess)) & isSmall);
        var shift = BitOperations.LeadingZeroCount((ulong)interval) - 1;
        _interval = interval << shift;
        _code = code << shift;
        if (((ulong)_code & BitsReadAhead) == 0)
        {
            ReadAhead();
        }

        return ((uint)state ^ (uint)isLess) & 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadAhead()
    {
        var mark = BitOperations.TrailingZeroCount(_code);
        var bits = BinaryPrimitives.ReverseEndianness(*(uint*)_memory->Next);
        _code += (((2L * bits) + 1) << (mark - BitsAtOnce)) - (1L << mark);
        _memory->Next = _memory->Next < _memory->End ? _memory->Next + sizeof(uint) : _memory->End;
    }
}
