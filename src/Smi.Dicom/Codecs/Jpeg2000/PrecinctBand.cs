namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The part of a subband that lies in one precinct, with its code-blocks from left to right and down.</summary>
internal sealed class PrecinctBand
{
    /// <summary>A picture of 65,536 × 65,536 has as many of the usual 64 × 64 samples.</summary>
    private const int MostBlocks = 1 << 20;

    public PrecinctBand(Subband subband, Area area, int blockWidth, int blockHeight)
    {
        Subband = subband;
        if (area.IsEmpty)
        {
            Inclusion = MissingBitPlanes = new TagTree(0, 0);
            return;
        }

        var (x0, y0) = (area.X0 >> blockWidth, area.Y0 >> blockHeight);
        BlocksAcross = ((area.X1 - 1) >> blockWidth) - x0 + 1;
        var down = ((area.Y1 - 1) >> blockHeight) - y0 + 1;
        if (BlocksAcross * (long)down > MostBlocks)
        {
            throw new DicomFormatException("JPEG 2000: more code-blocks than supported");
        }

        Inclusion = new TagTree(BlocksAcross, down);
        MissingBitPlanes = new TagTree(BlocksAcross, down);
        Blocks = new CodeBlock[BlocksAcross * down];
        for (var index = 0; index < Blocks.Length; index++)
        {
            var (x, y) = ((x0 + (index % BlocksAcross)) << blockWidth, (y0 + (index / BlocksAcross)) << blockHeight);
            var block = new Area(x, y, x + (1 << blockWidth), y + (1 << blockHeight)).Intersect(area);
            Blocks[index] = new CodeBlock
            {
                X = block.X0 - subband.Area.X0 + subband.BufferX,
                Y = block.Y0 - subband.Area.Y0 + subband.BufferY,
                Width = block.Width,
                Height = block.Height,
            };
        }
    }

    public Subband Subband { get; }

    public int BlocksAcross { get; }

    public CodeBlock[] Blocks { get; } = [];

    public TagTree Inclusion { get; private set; }

    public TagTree MissingBitPlanes { get; private set; }

    /// <summary>Before its blocks are written: trees that have told nothing yet, of the blocks as they are now.</summary>
    /// <param name="layers">Of the tile.</param>
    public void BeginWriting(int layers)
    {
        var down = BlocksAcross == 0 ? 0 : Blocks.Length / BlocksAcross;
        (Inclusion, MissingBitPlanes) = (new TagTree(BlocksAcross, down), new TagTree(BlocksAcross, down));
        for (var index = 0; index < Blocks.Length; index++)
        {
            var block = Blocks[index];
            var (x, y) = (index % BlocksAcross, index / BlocksAcross);
            Inclusion.SetValue(x, y, block.Passes == 0 ? layers : block.Contributions[0].Layer);
            MissingBitPlanes.SetValue(x, y, block.Passes == 0 ? Subband.BitPlanes : block.MissingBitPlanes);
            block.BeginWriting();
        }
    }
}
