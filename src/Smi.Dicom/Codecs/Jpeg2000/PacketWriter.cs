using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Writes the packets of a tile (ITU T.800 B.9 and B.10), the mirror of <see cref="PacketReader"/>: what its code-blocks have for each layer.</summary>
/// <param name="target">Takes header and body of each packet.</param>
/// <param name="style">Says which markers stand in packets.</param>
internal sealed class PacketWriter(MemoryStream target, CodingStyle style)
{
    private int _packets;

    /// <summary>All of them, in the order of the progression.</summary>
    /// <param name="precincts">Of the tile; their code-blocks have the passes that are written.</param>
    /// <param name="parameters">Layers and order.</param>
    /// <param name="codestream">What the places of passes refer to, but for blocks that were coded anew.</param>
    public void Write(Precinct[] precincts, CodingParameters parameters, ReadOnlySpan<byte> codestream)
    {
        foreach (var precinct in precincts)
        {
            precinct.NextLayer = 0;
            foreach (var band in precinct.DecodedBands)
            {
                band.BeginWriting(style.Layers);
            }
        }

        foreach (var (precinct, layer) in PacketSequence.Order(precincts, parameters))
        {
            Write(precinct, layer, codestream);
        }
    }

    private void Write(Precinct precinct, int layer, ReadOnlySpan<byte> codestream)
    {
        if (style.StartsPackets)
        {
            // A.8.1: the length of the segment and the packet's number in the tile, which begins again after 65535.
            target.WriteUInt16(Marker.StartOfPacket);
            target.WriteUInt16(4);
            target.WriteUInt16(_packets);
        }

        WriteHeader(precinct, layer);
        if (style.EndsHeaders)
        {
            target.WriteUInt16(Marker.EndOfPacketHeader);
        }

        foreach (var block in precinct.DecodedBands.SelectMany(band => band.Blocks))
        {
            foreach (var part in block.ContributionsOf(layer))
            {
                target.Write((block.OwnBytes is { } own ? own : codestream).Slice(part.Offset, part.Length));
            }
        }

        precinct.NextLayer++;
        _packets++;
    }

    private void WriteHeader(Precinct precinct, int layer)
    {
        var bits = new PacketHeaderWriter(target);
        var isEmpty = precinct.DecodedBands.All(band => Array.TrueForAll(band.Blocks, block => block.ContributionsOf(layer).IsEmpty));
        bits.WriteBit(isEmpty ? 0 : 1);
        foreach (var band in isEmpty ? [] : precinct.DecodedBands)
        {
            for (var index = 0; index < band.Blocks.Length; index++)
            {
                WriteBlock(band, index, layer, bits);
            }
        }

        bits.Finish();
    }

    private static void WriteBlock(PrecinctBand band, int index, int layer, PacketHeaderWriter bits)
    {
        var block = band.Blocks[index];
        var (x, y) = (index % band.BlocksAcross, index / band.BlocksAcross);
        var parts = block.ContributionsOf(layer);
        if (block.IsIncluded)
        {
            bits.WriteBit(parts.IsEmpty ? 0 : 1);
        }
        else
        {
            band.Inclusion.Write(x, y, layer + 1, bits);
        }

        if (parts.IsEmpty)
        {
            return;
        }

        if (!block.IsIncluded)
        {
            block.IsIncluded = true;
            band.MissingBitPlanes.Write(x, y, block.MissingBitPlanes + 1, bits);
        }

        WritePasses(block, parts, bits);
    }

    private static void WritePasses(CodeBlock block, ReadOnlySpan<CodeBlock.PassBytes> parts, PacketHeaderWriter bits)
    {
        var (passes, missing) = (0, 0);
        foreach (var part in parts)
        {
            passes += part.Passes;
            missing = Math.Max(missing, BitOperations.Log2((uint)part.Length) + 1 - LengthBits(block, part));
        }

        WritePassCount(passes, bits);

        // B.10.7.1: Lblock grows by as many as there are ones.
        for (; missing > 0; missing--)
        {
            bits.WriteBit(1);
            block.LengthBits++;
        }

        bits.WriteBit(0);
        foreach (var part in parts)
        {
            bits.WriteBits(part.Length, LengthBits(block, part));
        }
    }

    private static int LengthBits(CodeBlock block, in CodeBlock.PassBytes part) => block.LengthBits + BitOperations.Log2((uint)part.Passes);

    /// <summary>Table B.4.</summary>
    private static void WritePassCount(int passes, PacketHeaderWriter bits)
    {
        var (code, count) = passes switch
        {
            1 => (0, 1),
            2 => (0b10, 2),
            <= 5 => (0b1100 + passes - 3, 4),
            <= 36 => ((0b1111 << 5) + passes - 6, 9),
            _ => ((0b111111111 << 7) + passes - 37, 16),
        };
        bits.WriteBits(code, count);
    }
}
