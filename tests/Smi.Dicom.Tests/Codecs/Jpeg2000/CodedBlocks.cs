using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg2000;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

/// <summary>The code-blocks of a stream by their place: what is coded of each.</summary>
internal static class CodedBlocks
{
    /// <summary>The bit planes that are missing, and the layer, passes and bytes of each part of a codeword segment.</summary>
    public static Dictionary<Key, string> Of(byte[] stream, FrameFormat format)
    {
        var codestream = Codestream.Read(stream, format);
        var blocks = new Dictionary<Key, string>();
        for (var tile = 0; tile < codestream.Size.TileCount; tile++)
        {
            using var packets = TilePackets.Read(codestream.Size, codestream.Size.Tile(tile), codestream.Tile(tile), stream);
            foreach (var precinct in packets.Precincts)
            {
                var scale = precinct.Style.Levels - Math.Max(0, precinct.Level - 1);
                foreach (var band in precinct.Bands)
                {
                    foreach (var block in band.Blocks)
                    {
                        var (x, y) = (block.X - band.Subband.BufferX + band.Subband.Area.X0, block.Y - band.Subband.BufferY + band.Subband.Area.Y0);
                        var pixels = new PixelBox(x << scale, y << scale, (x + block.Width) << scale, (y + block.Height) << scale);
                        var key = new Key(tile, precinct.Component, precinct.Level, (2 * band.Subband.Vertical) + band.Subband.Horizontal, pixels, 1 << scale);
                        blocks.Add(key, Coded(block, packets.Bytes));
                    }
                }
            }
        }

        return blocks;
    }

    private static string Coded(CodeBlock block, byte[] bytes)
    {
        var coded = $"{block.MissingBitPlanes}";
        foreach (var part in block.Contributions)
        {
            coded += $"{(part.OpensSegment ? '|' : '+')}{part.Layer}:{part.Passes}:{Convert.ToHexString(bytes.AsSpan(part.Offset, part.Length))}";
        }

        return block.Passes == 0 ? "" : coded;
    }

    /// <param name="Pixels">What it covers on the reference grid.</param>
    /// <param name="Scale">Pixels for each coefficient.</param>
    internal readonly record struct Key(int Tile, int Component, int Level, int Band, PixelBox Pixels, int Scale);
}
