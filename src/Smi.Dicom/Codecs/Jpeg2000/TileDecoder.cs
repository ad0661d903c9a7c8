namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Decodes one tile: packets, code-blocks, wavelet, component transform.</summary>
internal sealed class TileDecoder(ImageSize size, Area area, TileData tile, int parallelism)
{
    public void Decode(byte[] codestream, FrameWriter target)
    {
        using var packets = TilePackets.Read(size, area, tile, codestream);
        var samples = new TileSamples[packets.Components.Length];
        try
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] = new TileSamples(packets.Components[index]);
            }

            DecodeBlocks(packets.Precincts, samples, packets.Bytes);
            foreach (var component in samples)
            {
                Wavelet.Inverse(component.Values, component.Width, component.Component);
            }

            if (tile.Parameters.Style.HasComponentTransform)
            {
                ComponentTransform.Undo(samples);
            }

            target.Write(area, samples);
        }
        finally
        {
            foreach (var component in samples)
            {
                component?.Dispose();
            }
        }
    }

    private void DecodeBlocks(Precinct[] precincts, TileSamples[] samples, byte[] bytes)
    {
        var work = new List<(CodeBlock Block, Subband Subband, TileSamples Target)>();
        foreach (var precinct in precincts)
        {
            foreach (var band in precinct.DecodedBands)
            {
                work.AddRange(band.Blocks.Where(block => block.Passes > 0).Select(block => (block, band.Subband, samples[precinct.Component])));
            }
        }

        foreach (var component in samples)
        {
            component.Clear();
        }

        if (parallelism == 1 || work.Count < 2)
        {
            var decoder = new BlockDecoder();
            foreach (var item in work)
            {
                Decode(decoder, item);
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism };
        Parallel.For(0, work.Count, options, () => new BlockDecoder(), (index, _, decoder) => Decode(decoder, work[index]), _ => { });

        BlockDecoder Decode(BlockDecoder decoder, (CodeBlock Block, Subband Subband, TileSamples Target) item)
        {
            var coefficients = decoder.Decode(item.Block, item.Subband, item.Target.Component.Style.BlockStyle, bytes);
            item.Target.Store(item.Block, item.Subband, coefficients);
            return decoder;
        }
    }
}
