using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Writes the packets of a tile with one layer (ITU T.800 B.10).</summary>
internal sealed class PacketWriter(MemoryStream target)
{
    private readonly BlockEncoder _encoder = new();

    public void Write(Precinct precinct, TileSamples samples)
    {
        var bits = new PacketHeaderWriter(target);
        var bodies = new List<byte[]>();
        bits.WriteBit(1);
        foreach (var band in precinct.Bands)
        {
            WriteBand(band, samples, bits, bodies);
        }

        bits.Finish();
        bodies.ForEach(body => target.Write(body));
        precinct.NextLayer++;
    }

    private void WriteBand(PrecinctBand band, TileSamples samples, PacketHeaderWriter bits, List<byte[]> bodies)
    {
        var coded = Array.ConvertAll(band.Blocks, block => _encoder.Encode(block, band.Subband, samples));
        for (var index = 0; index < coded.Length; index++)
        {
            var (x, y) = (index % band.BlocksAcross, index / band.BlocksAcross);
            band.Inclusion.SetValue(x, y, coded[index].Planes > 0 ? 0 : 1);
            band.MissingBitPlanes.SetValue(x, y, band.Subband.BitPlanes - coded[index].Planes);
        }

        for (var index = 0; index < coded.Length; index++)
        {
            var (x, y) = (index % band.BlocksAcross, index / band.BlocksAcross);
            band.Inclusion.Write(x, y, 1, bits);
            var (bytes, planes) = coded[index];
            if (planes == 0)
            {
                continue;
            }

            band.MissingBitPlanes.Write(x, y, band.Subband.BitPlanes - planes + 1, bits);
            WritePasses((3 * planes) - 2, bytes.Length, band.Blocks[index].LengthBits, bits);
            bodies.Add(bytes);
        }
    }

    private static void WritePasses(int passes, int length, int lengthBits, PacketHeaderWriter bits)
    {
        // Table B.4.
        var (code, count) = passes switch
        {
            1 => (0, 1),
            2 => (0b10, 2),
            <= 5 => (0b1100 + passes - 3, 4),
            <= 36 => ((0b1111 << 5) + passes - 6, 9),
            _ => ((0b111111111 << 7) + passes - 37, 16),
        };
        bits.WriteBits(code, count);

        // B.10.7.1: Lblock grows by as many as there are ones.
        var needed = BitOperations.Log2((uint)length) + 1;
        var available = lengthBits + BitOperations.Log2((uint)passes);
        for (; available < needed; available++)
        {
            bits.WriteBit(1);
        }

        bits.WriteBit(0);
        bits.WriteBits(length, available);
    }
}
