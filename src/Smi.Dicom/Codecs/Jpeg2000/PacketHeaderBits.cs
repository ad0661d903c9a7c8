namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Bits of a packet header; the byte after FF carries seven (ITU T.800 B.10.1).</summary>
internal ref struct PacketHeaderBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _current;
    private int _left;

    /// <summary>Bytes used so far.</summary>
    public int Position { get; private set; }

    public int ReadBit()
    {
        if (_left == 0)
        {
            if (Position == _bytes.Length)
            {
                throw new DicomFormatException("JPEG 2000: the packets end too early");
            }

            _left = _current == 0xFF ? 7 : 8;
            _current = _bytes[Position++];
        }

        _left--;
        return (_current >> _left) & 1;
    }

    public int ReadBits(int count)
    {
        var value = 0;
        for (; count > 0; count--)
        {
            value = (value << 1) | ReadBit();
        }

        return value;
    }

    /// <summary>Goes to the byte after the header; a header does not end with FF.</summary>
    public void Finish()
    {
        if (_current == 0xFF && Position < _bytes.Length)
        {
            Position++;
        }

        _current = 0;
        _left = 0;
    }
}
