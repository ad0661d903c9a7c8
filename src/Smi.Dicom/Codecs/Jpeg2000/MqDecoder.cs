using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The arithmetic decoder (ITU T.800 annex C). The caller holds the "distance": how much may be taken from both interval and code
/// register before either needs looking at. As long as it stays positive the more probable symbol was sent, which costs one subtraction.
/// Registers are scaled by 256 of the standard's interval units. The data must end with FF FF, beyond which nothing is read.
/// </summary>
internal unsafe struct MqDecoder
{
    private const int HalfInterval = 0x8000 << 8;

    private byte* _next;
    private int _interval;
    private int _code;
    private int _shiftsLeft;

    public int Distance { get; private set; }

    public void Start(byte* data)
    {
        _next = data;
        _code = *data << 8;
        ReadByte();
        _code <<= 7;
        _shiftsLeft -= 7;
        SetDistance(HalfInterval, _code);
    }

    /// <summary>Takes back the distance between passes.</summary>
    public void Keep(int distance) => Distance = distance;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decode(ref MqDecoder decoder, uint* context, ref int distance)
    {
        var state = *context;
        distance -= (int)(state & 0xFFFFFF00);
        if (distance >= 0)
        {
            return (int)(state & 1);
        }

        var symbol = decoder.Exchange(context, distance);
        distance = decoder.Distance;
        return symbol;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Exchange(uint* context, int distance)
    {
        var state = *context;
        var probability = (int)(state & 0xFFFFFF00);
        var interval = _interval + distance;
        var code = _code + distance;
        var isMore = interval >= probability;
        if (code < 0)
        {
            // C.3.2: the code lies in the lower part, whose symbol is the less probable one unless that part is the larger.
            isMore = !isMore;
            code += probability;
            interval = probability;
        }

        *context = (isMore ? MqStates.AfterMore : MqStates.AfterLess)[state & 0xFF];
        Renormalise(interval, code);
        return (int)(state & 1) ^ (isMore ? 0 : 1);
    }

    private void Renormalise(int interval, int code)
    {
        _code = code;
        do
        {
            if (_shiftsLeft == 0)
            {
                ReadByte();
            }

            interval <<= 1;
            _code <<= 1;
            _shiftsLeft--;
        }
        while (interval < HalfInterval);
        SetDistance(interval, _code);
    }

    private void SetDistance(int interval, int code)
    {
        Distance = Math.Min(interval - HalfInterval, code);
        _interval = interval - Distance;
        _code = code - Distance;
    }

    /// <summary>C.3.4: a marker ends the data, after which ones are fed.</summary>
    private void ReadByte()
    {
        if (*_next == 0xFF)
        {
            if (_next[1] > 0x8F)
            {
                _code += 0xFF;
                _shiftsLeft = 8;
                return;
            }

            _next++;
            _code += *_next << 1;
            _shiftsLeft = 7;
            return;
        }

        _next++;
        _code += *_next;
        _shiftsLeft = 8;
    }
}
