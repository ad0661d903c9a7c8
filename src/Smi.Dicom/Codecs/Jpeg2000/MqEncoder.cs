namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The arithmetic encoder (ITU T.800 C.2), with the registers of the standard.</summary>
internal sealed unsafe class MqEncoder
{
    private const uint Half = 0x8000;

    private byte[] _bytes = new byte[4096];
    private int _last;
    private uint _interval;
    private uint _code;
    private int _shiftsLeft;

    /// <summary>What <see cref="Finish"/> left; the first byte of the buffer only takes a carry that never comes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(1, _last);

    public void Start()
    {
        _bytes[0] = 0;
        _last = 0;
        _interval = Half;
        _code = 0;
        _shiftsLeft = 12;
    }

    public void Encode(uint* context, int symbol)
    {
        var state = *context;
        var probability = state >> 8;
        _interval -= probability;
        var isMore = symbol == (int)(state & 1);

        // The more probable symbol has the upper part, or whichever part is the larger (C.2.6).
        var takesUpper = _interval < probability ? !isMore : isMore;
        if (takesUpper)
        {
            _code += probability;
        }
        else
        {
            _interval = probability;
        }

        if (!isMore || _interval < Half)
        {
            *context = (isMore ? MqStates.AfterMore : MqStates.AfterLess)[state & 0xFF];
            Renormalise();
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

        for (var part = 0; part < 2; part++)
        {
            _code <<= _shiftsLeft;
            WriteByte();
        }

        if (_bytes[_last] == 0xFF)
        {
            _last--;
        }
    }

    private void Renormalise()
    {
        while (_interval < Half)
        {
            _interval <<= 1;
            _code <<= 1;
            if (--_shiftsLeft == 0)
            {
                WriteByte();
            }
        }
    }

    private void WriteByte()
    {
        const uint carry = 0x8000000;
        if (_bytes[_last] != 0xFF && _code >= carry)
        {
            _bytes[_last]++;
            _code &= carry - 1;
        }

        if (_last + 1 == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        // After FF only seven bits follow, so that no marker arises.
        var bits = _bytes[_last] == 0xFF ? 20 : 19;
        _bytes[++_last] = (byte)(_code >> bits);
        _code &= (1u << bits) - 1;
        _shiftsLeft = bits == 20 ? 7 : 8;
    }
}
