namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Blanks boxes of one tile: decodes the code-blocks that matter, and codes those anew whose coefficients have changed.</summary>
/// <param name="packets">Of the tile, all of it reversible and at full size.</param>
/// <param name="levels">What each component is blanked with, after the level shift.</param>
internal sealed class TileRedaction(TilePackets packets, int[] levels)
{
    /// <summary>More than samples of 16 bits ever have, and few enough that sums over all levels and components stay numbers of 32 bits.</summary>
    private const int MostPlanes = 21;

    /// <summary>False where the tile cannot be blanked so: it lacks bit planes of a code-block that matters, or has too few for what becomes of one.</summary>
    /// <param name="boxes">Within the tile, on the reference grid.</param>
    /// <exception cref="DicomFormatException">A code-block is damaged.</exception>
    public bool Blank(IReadOnlyList<Area> boxes)
    {
        var samples = new TileSamples[packets.Components.Length];
        var before = new TileSamples[packets.Components.Length];
        var work = ThatMatter(boxes);
        if (work.Count == 0)
        {
            return true;
        }

        try
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] = new TileSamples(packets.Components[index]);
                before[index] = new TileSamples(packets.Components[index]);
                before[index].Clear();
            }

            if (!Decode(work, before))
            {
                return false;
            }

            Blank(boxes, samples, before);
            return EncodeChanged(work, samples, before);
        }
        finally
        {
            foreach (var component in samples.Concat(before))
            {
                component?.Dispose();
            }
        }
    }

    /// <summary>The code-blocks whose coefficients say what changes, and those by whose marks damage would show.</summary>
    private List<(CodeBlock Block, Subband Subband, int Component)> ThatMatter(IReadOnlyList<Area> boxes)
    {
        var work = new List<(CodeBlock Block, Subband Subband, int Component)>();
        var reach = Array.ConvertAll(packets.Components, component => boxes.Select(box => WaveletReach.Of(box, component.Style.Levels)).ToArray());
        foreach (var precinct in packets.Precincts)
        {
            var isMarked = precinct.Style.BlockStyle.HasFlag(BlockStyle.SegmentationSymbols);
            var reached = Array.ConvertAll(reach[precinct.Component], levels => levels[precinct.Level]);
            foreach (var band in Array.Exists(reached, area => !area.Intersect(precinct.Area).IsEmpty) ? precinct.Bands : precinct.DecodedBands)
            {
                work.AddRange(band.Blocks
                    .Where(block => isMarked || Array.Exists(reached, area => !Place(block, band.Subband).Intersect(area).IsEmpty))
                    .Select(block => (block, band.Subband, precinct.Component)));
            }
        }

        return work;
    }

    /// <summary>In the coordinates of the subband.</summary>
    private static Area Place(CodeBlock block, Subband subband)
    {
        var (x, y) = (block.X - subband.BufferX + subband.Area.X0, block.Y - subband.BufferY + subband.Area.Y0);
        return new Area(x, y, x + block.Width, y + block.Height);
    }

    private bool Decode(List<(CodeBlock Block, Subband Subband, int Component)> work, TileSamples[] target)
    {
        var decoder = new BlockDecoder();
        foreach (var (block, subband, component) in work.Where(item => item.Block.Passes > 0))
        {
            if (!block.IsComplete(subband.BitPlanes) || subband.BitPlanes - block.MissingBitPlanes > MostPlanes)
            {
                return false;
            }

            target[component].Store(block, subband, decoder.Decode(block, subband, target[component].Component.Style.BlockStyle, packets.Bytes));
        }

        return true;
    }

    /// <summary>From coefficients to samples and back; what was not decoded gives wrong samples where none is needed.</summary>
    private void Blank(IReadOnlyList<Area> boxes, TileSamples[] samples, TileSamples[] before)
    {
        for (var index = 0; index < samples.Length; index++)
        {
            before[index].Values.CopyTo(samples[index].Values);
            Wavelet.Inverse(samples[index].Values, samples[index].Width, samples[index].Component);
        }

        var hasTransform = packets.Parameters.Style.HasComponentTransform;
        if (hasTransform)
        {
            ComponentTransform.Undo(samples);
        }

        foreach (var box in boxes)
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index].Fill(box, levels[index]);
            }
        }

        if (hasTransform)
        {
            ComponentTransform.ApplyReversible(samples[0].Values, samples[1].Values, samples[2].Values);
        }

        foreach (var component in samples)
        {
            Wavelet.ForwardReversible(component.Values, component.Width, component.Component);
        }
    }

    private static bool EncodeChanged(List<(CodeBlock Block, Subband Subband, int Component)> work, TileSamples[] samples, TileSamples[] before)
    {
        var encoder = new BlockEncoder();
        return work.Where(item => !samples[item.Component].IsSame(before[item.Component], item.Block))
            .All(item => encoder.Encode(item.Block, item.Subband, samples[item.Component].Component.Style.BlockStyle, samples[item.Component]));
    }
}
