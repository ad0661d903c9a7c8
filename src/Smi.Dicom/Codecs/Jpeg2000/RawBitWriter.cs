namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Writes the bits of a raw segment of the bypass mode, the mirror of <see cref="RawBits"/> (ITU T.800 D.6); a byte after FF carries seven.</summary>
internal sealed class RawBitWriter
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _left = 8;

    /// <summary>What <see cref="Finish"/> left.</summary>
    public List<byte> Bytes => _bytes;

    public void Start()
    {
        _bytes.Clear();
        (_current, _left) = (0, 8);
    }

    public void Write(uint bit)
    {
        _left--;
        _current |= (int)bit << _left;
        if (_left == 0)
        {
            _bytes.Add((byte)_current);
            (_current, _left) = (0, _current == 0xFF ? 7 : 8);
        }
    }

    /// <summary>Fills the last byte with zeros and ones in turn, as predictable termination asks (D.4.2); FF is not the last one.</summary>
    public void Finish()
    {
        for (var bit = 0u; _left != 8; bit ^= 1)
        {
            Write(bit);
        }
    }
}
