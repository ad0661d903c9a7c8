using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>
/// Bits of one restart interval. A byte after FF carries seven bits, its first being a stuffed 0 (ITU T.87 9.1); FF followed by a
/// byte with the first bit set is a marker and ends the data. Asking for more bits than there are is refused.
/// </summary>
internal ref struct JpegLsBitReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private ulong _cache;
    private int _count;
    private bool _afterStuffing;

    /// <summary>Where the marker that ends the interval begins, or the length of the data.</summary>
    public readonly int FindMarker()
    {
        for (var at = _position; at + 1 < _data.Length; at++)
        {
            if (_data[at] == 0xFF && _data[at + 1] >= 0x80)
            {
                return at;
            }
        }

        return _data.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadBit() => ReadBits(1) != 0;

    /// <summary>Up to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadBits(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        if (_count < count)
        {
            Refill(count);
        }

        var bits = (int)(_cache >> (64 - count));
        _cache <<= count;
        _count -= count;
        return bits;
    }

    /// <summary>Number of 0 bits before the next 1, which is consumed too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadZeros(int most)
    {
        var zeros = BitOperations.LeadingZeroCount(_cache);
        if (zeros >= _count)
        {
            return ReadZerosAcross(most);
        }

        // A shift by 64 would be one by 0.
        _cache = (_cache << zeros) << 1;
        _count -= zeros + 1;
        return zeros;
    }

    private int ReadZerosAcross(int most)
    {
        var zeros = 0;
        while (!ReadBit())
        {
            if (++zeros > most)
            {
                throw new DicomFormatException("JPEG-LS: a code word is longer than the limit");
            }
        }

        return zeros;
    }

    private void Refill(int needed)
    {
        while (_count <= 56 && _position < _data.Length)
        {
            var value = _data[_position];
            if (_afterStuffing)
            {
                _cache |= (ulong)value << (57 - _count);
                _count += 7;
            }
            else if (value == 0xFF && (_position + 1 >= _data.Length || _data[_position + 1] >= 0x80))
            {
                break;
            }
            else
            {
                _cache |= (ulong)value << (56 - _count);
                _count += 8;
            }

            _afterStuffing = value == 0xFF;
            _position++;
        }

        if (_count < needed)
        {
            throw new DicomFormatException("JPEG-LS: the coded data end too early");
        }
    }
}
