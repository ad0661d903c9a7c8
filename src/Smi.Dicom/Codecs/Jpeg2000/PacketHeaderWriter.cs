namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Writes a packet header, with a 0 bit stuffed after each byte FF (ITU T.800 B.10.1).</summary>
internal sealed class PacketHeaderWriter(MemoryStream target)
{
    private int _current;
    private int _left = 8;

    public void WriteBit(int bit)
    {
        _left--;
        _current |= bit << _left;
        if (_left == 0)
        {
            target.WriteByte((byte)_current);
            _left = _current == 0xFF ? 7 : 8;
            _current = 0;
        }
    }

    public void WriteBits(int value, int count)
    {
        while (--count >= 0)
        {
            WriteBit((value >> count) & 1);
        }
    }

    public void Finish()
    {
        // 7 free bits are left after FF, which must not be the last byte.
        while (_left != 8)
        {
            WriteBit(0);
        }
    }
}
