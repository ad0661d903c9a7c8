namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>Writes bits, with a 0 bit stuffed after each byte FF (ITU T.87 9.1).</summary>
internal sealed class JpegLsBitWriter(MemoryStream target)
{
    private ulong _pending;
    private int _count;
    private bool _afterStuffing;

    /// <summary>The lowest <paramref name="count"/> bits, at most 32.</summary>
    public void Write(int bits, int count)
    {
        if (count == 0)
        {
            return;
        }

        _pending = (_pending << count) | ((uint)bits & (uint.MaxValue >> (32 - count)));
        _count += count;
        while (_count >= (_afterStuffing ? 7 : 8))
        {
            WriteByte();
        }
    }

    public void WriteZeros(int count)
    {
        for (; count > 32; count -= 32)
        {
            Write(0, 32);
        }

        Write(0, count);
    }

    /// <summary>Fills the last byte; a byte FF is not left last, for it would run into the marker.</summary>
    public void Finish()
    {
        if (_count > 0 || _afterStuffing)
        {
            var width = _afterStuffing ? 7 : 8;
            Write(0, width - _count);
        }
    }

    private void WriteByte()
    {
        var width = _afterStuffing ? 7 : 8;
        _count -= width;
        var value = (byte)((_pending >> _count) & ((1u << width) - 1));
        _pending &= (1UL << _count) - 1;
        target.WriteByte(value);
        _afterStuffing = value == 0xFF;
    }
}
