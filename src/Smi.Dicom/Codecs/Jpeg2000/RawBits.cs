namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Bits of a raw segment of the bypass mode (ITU T.800 D.6); a byte after FF carries seven. The data end with FF FF, which is not passed.</summary>
internal unsafe struct RawBits(byte* data)
{
    private byte* _next = data;
    private int _current;
    private int _left;

    public int Read()
    {
        if (_left == 0)
        {
            var atEnd = _next[0] == 0xFF && _next[1] > 0x8F;
            _left = _current == 0xFF ? 7 : 8;
            _current = *_next;
            _next += atEnd ? 0 : 1;
        }

        _left--;
        return (_current >> _left) & 1;
    }
}
