namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Decodes code-blocks (ITU T.800 annex D) one after another; each thread has its own.</summary>
internal sealed unsafe class BlockDecoder
{
    private const int MostSamples = 4096;

    /// <summary>Room for the flags of any block: 4 × 1024 and 1024 × 4 samples are the extremes.</summary>
    private const int MostFlags = 6144;

    private const int EndLength = 2;
    private const int FirstRawPass = 10;

    private readonly uint[] _flags = new uint[MostFlags];
    private readonly uint[] _contexts = new uint[BlockContexts.Count];
    private readonly int[] _coefficients = new int[MostSamples];
    private byte[] _bytes = new byte[16384];

    /// <summary>
    /// Decodes <paramref name="block"/> of a component; the coefficients are magnitudes in halves with the sign as
    /// highest bit, row by row, and valid until the next call.
    /// </summary>
    public ReadOnlySpan<int> Decode(CodeBlock block, Subband subband, BlockStyle style, ReadOnlySpan<byte> codestream)
    {
        var count = block.Width * block.Height;
        Array.Clear(_coefficients, 0, count);
        Array.Clear(_flags, 0, (((block.Height + 3) / 4) + 2) * (block.Width + 2));
        BlockContexts.Reset(_contexts);
        fixed (uint* flags = _flags, contexts = _contexts)
        fixed (int* coefficients = _coefficients)
        fixed (byte* zeroCoding = BlockContexts.ZeroCoding(subband), signCoding = BlockContexts.SignCoding)
        {
            var passes = new BlockPasses
            {
                Flags = flags,
                Contexts = contexts,
                ZeroCoding = zeroCoding,
                SignCoding = signCoding,
                Coefficients = coefficients,
                Width = block.Width,
                Height = block.Height,
                IsCausal = (style & BlockStyle.VerticallyCausal) != 0,
            };
            DecodeSegments(ref passes, block, subband.BitPlanes - block.MissingBitPlanes - 1, style, codestream);
        }

        return _coefficients.AsSpan(0, count);
    }

    private void DecodeSegments(ref BlockPasses passes, CodeBlock block, int plane, BlockStyle style, ReadOnlySpan<byte> codestream)
    {
        var contributions = block.Contributions;
        var pass = 0;
        while (!contributions.IsEmpty)
        {
            var end = 1;
            while (end < contributions.Length && !contributions[end].OpensSegment)
            {
                end++;
            }

            var count = Gather(contributions[..end], codestream);
            fixed (byte* bytes = _bytes)
            {
                var isRaw = (style & BlockStyle.Bypass) != 0 && pass >= FirstRawPass && pass % 3 != 0;
                if (isRaw)
                {
                    passes.Raw = new RawBits(bytes);
                }
                else
                {
                    passes.Arithmetic.Start(bytes);
                }

                for (; count > 0; count--, pass++)
                {
                    // The first bit plane has a cleanup pass only.
                    DecodePass(ref passes, (pass + 2) % 3, plane - ((pass + 2) / 3), isRaw, style);
                }
            }

            contributions = contributions[end..];
        }
    }

    private void DecodePass(ref BlockPasses passes, int kind, int plane, bool isRaw, BlockStyle style)
    {
        switch (kind, isRaw)
        {
            case (0, false):
                passes.SignificancePass(plane);
                break;
            case (0, true):
                passes.RawSignificancePass(plane);
                break;
            case (1, false):
                passes.RefinementPass(plane);
                break;
            case (1, true):
                passes.RawRefinementPass(plane);
                break;
            default:
                passes.CleanupPass(plane);
                if ((style & BlockStyle.SegmentationSymbols) != 0)
                {
                    passes.ReadSegmentationSymbol();
                }

                break;
        }

        if ((style & BlockStyle.ResetContexts) != 0)
        {
            BlockContexts.Reset(_contexts);
        }
    }

    /// <summary>Brings the bytes of a segment together, with the marker behind them at which the decoders stop. Returns the number of passes.</summary>
    private int Gather(ReadOnlySpan<CodeBlock.PassBytes> parts, ReadOnlySpan<byte> codestream)
    {
        var length = EndLength;
        var passes = 0;
        foreach (var part in parts)
        {
            length += part.Length;
            passes += part.Passes;
        }

        if (length > _bytes.Length)
        {
            _bytes = new byte[length * 2];
        }

        var target = _bytes.AsSpan();
        foreach (var part in parts)
        {
            codestream.Slice(part.Offset, part.Length).CopyTo(target);
            target = target[part.Length..];
        }

        target[..EndLength].Fill(0xFF);
        return passes;
    }
}
