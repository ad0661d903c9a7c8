using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The arithmetic encoder (ITU T.800 C.2), with the registers of the standard.</summary>
internal sealed unsafe class MqEncoder
{
    private const uint Half = 0x8000;
    private const uint Carry = 0x8000000;

    /// <summary>A symbol moves the code by 15 bits at the most, which may come with a stuffed one.</summary>
    private const int MostBytesOfSymbol = 3;

    private byte[] _bytes = new byte[4096];
    private int _last;
    private uint _interval;
    private uint _code;
    private int _shiftsLeft;

    /// <summary>What <see cref="Finish"/> or <see cref="FinishPredictably"/> left; the first byte of the buffer only takes a carry that never comes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(1, _last);

    public void Start()
    {
        _bytes[0] = 0;
        _last = 0;
        _interval = Half;
        _code = 0;
        _shiftsLeft = 12;
    }

    /// <param name="memory">The states of the contexts.</param>
    /// <param name="symbols">Twice a context and the bit, each.</param>
    /// <param name="end">The end of the symbols.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(BlockMemory* memory, ushort* symbols, ushort* end)
    {
        MakeRoom((int)(end - symbols) * MostBytesOfSymbol);
        fixed (byte* bytes = _bytes)
        {
            var last = bytes + _last;
            var (interval, code, shiftsLeft) = (_interval, _code, _shiftsLeft);
            for (; symbols < end; symbols++)
            {
                ref var context = ref memory->Contexts[*symbols >> 1];
                var state = context;
                var number = (uint)state & MqStates.Number;
                var probability = (uint)(state >> MqStates.ProbabilityShift);
                var isLess = 0 - ((*symbols ^ (uint)state) & 1);
                var more = memory->AfterMore[number];
                var change = (more ^ memory->AfterLess[number]) & (ulong)(int)isLess;

                // The more probable symbol has the upper part, or whichever part is the larger (C.2.6). Conditions are masks: all ones or zero.
                interval -= probability;
                var surplus = (int)(interval - probability);
                var isLower = isLess ^ (uint)(surplus >> 31);
                code += probability & ~isLower;
                interval -= (uint)surplus & isLower;
                var isSmall = (ulong)((long)((int)interval - (int)Half) >> 63);
                context = state ^ ((state ^ more ^ change) & isSmall);
                var shift = BitOperations.LeadingZeroCount(interval) - 16;
                interval <<= shift;
                while (shift >= shiftsLeft)
                {
                    code <<= shiftsLeft;
                    shift -= shiftsLeft;
                    shiftsLeft = WriteByte(ref last, ref code);
                }

                code <<= shift;
                shiftsLeft -= shift;
            }

            _last = (int)(last - bytes);
            (_interval, _code, _shiftsLeft) = (interval, code, shiftsLeft);
        }
    }

    /// <summary>C.2.9.</summary>
    public void Finish()
    {
        var limit = _code + _interval;
        _code |= 0xFFFF;
        if (_code >= limit)
        {
            _code -= Half;
        }

        MakeRoom(2);
        fixed (byte* bytes = _bytes)
        {
            var last = bytes + _last;
            for (var part = 0; part < 2; part++)
            {
                _code <<= _shiftsLeft;
                _shiftsLeft = WriteByte(ref last, ref _code);
            }

            _last = (int)(last - bytes) - (*last == 0xFF ? 1 : 0);
        }
    }

    /// <summary>D.4.2: ends so that a decoder can tell from the bits behind the last symbol whether the segment is damaged.</summary>
    public void FinishPredictably()
    {
        MakeRoom(MostBytesOfSymbol);
        fixed (byte* bytes = _bytes)
        {
            var last = bytes + _last;
            for (var bits = 12 - _shiftsLeft; bits > 0; bits -= _shiftsLeft)
            {
                _code <<= _shiftsLeft;
                _shiftsLeft = WriteByte(ref last, ref _code);
            }

            // The last byte still takes a carry; what stands behind it, or is FF, is not sent.
            if (*last != 0xFF)
            {
                WriteByte(ref last, ref _code);
            }

            _last = (int)(last - bytes) - 1;
        }
    }

    private void MakeRoom(int count)
    {
        if (_bytes.Length - _last <= count)
        {
            Array.Resize(ref _bytes, _last + count + _bytes.Length);
        }
    }

    /// <summary>C.2.7. Returns how many shifts there are before the next byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteByte(ref byte* last, ref uint code)
    {
        if (*last != 0xFF)
        {
            *last += (byte)(code / Carry);
            code &= Carry - 1;
        }

        // After FF only seven bits follow, so that no marker arises.
        var bits = *last == 0xFF ? 20 : 19;
        *++last = (byte)(code >> bits);
        code &= (1u << bits) - 1;
        return bits == 20 ? 7 : 8;
    }
}
