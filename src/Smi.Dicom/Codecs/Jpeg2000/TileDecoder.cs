using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Decodes one tile: packets, code-blocks, wavelet, component transform.</summary>
internal sealed class TileDecoder(ImageSize size, Area area, TileData tile, int parallelism)
{
    public void Decode(byte[] codestream, FrameWriter target)
    {
        var components = new TileComponent[size.Components.Length];
        for (var index = 0; index < components.Length; index++)
        {
            components[index] = new TileComponent(index, area, size, tile.Parameters);
        }

        var body = Body(codestream, out var rented);
        var samples = new TileSamples[components.Length];
        try
        {
            var precincts = ReadPackets(components, body);
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] = new TileSamples(components[index]);
            }

            DecodeBlocks(precincts, samples, body.Array ?? []);
            foreach (var component in samples)
            {
                Wavelet.Inverse(component.Values, component.Width, component.Component);
            }

            UndoComponentTransform(samples);
            target.Write(area, samples);
        }
        finally
        {
            foreach (var component in samples)
            {
                component?.Dispose();
            }

            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>The packets of several tile-parts are brought together.</summary>
    private ArraySegment<byte> Body(byte[] codestream, out byte[]? rented)
    {
        rented = null;
        if (tile.Bodies.Count == 1)
        {
            var (offset, length) = tile.Bodies[0].GetOffsetAndLength(codestream.Length);
            return new ArraySegment<byte>(codestream, offset, length);
        }

        rented = ArrayPool<byte>.Shared.Rent(codestream.Length);
        var total = 0;
        foreach (var part in tile.Bodies)
        {
            var bytes = codestream.AsSpan(part);
            bytes.CopyTo(rented.AsSpan(total));
            total += bytes.Length;
        }

        return new ArraySegment<byte>(rented, 0, total);
    }

    private Precinct[] ReadPackets(TileComponent[] components, ArraySegment<byte> body)
    {
        var reader = new PacketReader(body, body.Offset, tile);
        var layers = tile.Parameters.Style.Layers;
        var count = components.Sum(component => component.Resolutions.Sum(resolution => (double)resolution.PrecinctCount));
        if (count * layers > reader.MostPackets)
        {
            throw new DicomFormatException("JPEG 2000: more packets than the tile can hold");
        }

        Precinct[] precincts =
        [
            .. components.SelectMany(component => component.Resolutions.SelectMany(resolution => resolution.CreatePrecincts(area, component.Size))),
        ];
        foreach (var (precinct, layer) in PacketSequence.Order(precincts, tile.Parameters))
        {
            reader.Read(precinct, layer);
        }

        // Half an image is none: nothing may be decided on what is not there.
        return Array.TrueForAll(precincts, precinct => precinct.NextLayer == layers)
            ? precincts
            : throw new DicomFormatException("JPEG 2000: the tile does not hold all of its packets");
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

    private void UndoComponentTransform(TileSamples[] samples)
    {
        if (!tile.Parameters.Style.HasComponentTransform)
        {
            return;
        }

        if (samples.Length < 3 || samples.Take(3).Any(other =>
            other.Component.Area != samples[0].Component.Area || other.Component.Style.IsReversible != samples[0].Component.Style.IsReversible))
        {
            throw new DicomFormatException("JPEG 2000: a component transform of components that differ");
        }

        ComponentTransform.Undo(samples[0], samples[1], samples[2]);
    }
}
