namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Decodes code-blocks (ITU T.800 annex D) one after another; each thread has its own.</summary>
internal sealed unsafe class BlockDecoder
{
    private const int MostSamples = 4096;

    /// <summary>Room for the flags of any block: 4 × 1024 and 1024 × 4 samples are the extremes.</summary>
    private const int MostFlags = 6144;

    /// <summary>A zero before the bytes of a segment, and ones behind them, at which the decoders stop.</summary>
    private const int StartLength = 1;
    private const int EndLength = 4;

    /// <summary>Of the bypass mode (D.6).</summary>
    public const int FirstRawPass = 10;

    private readonly ulong[] _flags = new ulong[MostFlags];
    private readonly int[] _coefficients = new int[MostSamples];
    private BlockMemory _memory;
    private byte[] _bytes = new byte[16384];

    /// <summary>
    /// Decodes <paramref name="block"/> of a component; the coefficients are magnitudes in halves with the sign as
    /// highest bit, always four rows together, column by column, and valid until the next call.
    /// </summary>
    public ReadOnlySpan<int> Decode(CodeBlock block, Subband subband, BlockStyle style, ReadOnlySpan<byte> codestream)
    {
        var count = ((block.Height + 3) & ~3) * block.Width;
        Array.Clear(_coefficients, 0, count);
        Array.Clear(_flags, 0, (((block.Height + 3) / 4) + 2) * (block.Width + 2));
        fixed (ulong* flags = _flags)
        fixed (int* coefficients = _coefficients)
        fixed (BlockMemory* memory = &_memory)
        {
            memory->Prepare(subband);
            var passes = new BlockPasses
            {
                Flags = flags,
                Memory = memory,
                Coefficients = coefficients,
                Width = block.Width,
                Height = block.Height,
                IsCausal = (style & BlockStyle.VerticallyCausal) != 0,
            };
            DecodeSegments(passes, block, subband.BitPlanes - block.MissingBitPlanes - 1, style, codestream);
        }

        return _coefficients.AsSpan(0, count);
    }

    private void DecodeSegments(in BlockPasses passes, CodeBlock block, int plane, BlockStyle style, ReadOnlySpan<byte> codestream)
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

            var (count, length) = Gather(contributions[..end], codestream);
            var isRaw = (style & BlockStyle.Bypass) != 0 && pass >= FirstRawPass && pass % 3 != 0;
            if (!isRaw)
            {
                length = StuffedBits.Remove(_bytes.AsSpan(0, length));
                _bytes.AsSpan(length, EndLength).Fill(0xFF);
            }

            fixed (byte* bytes = _bytes)
            {
                var raw = new RawBits(bytes + StartLength);
                MqDecoder.Start(passes.Memory, bytes + StartLength, bytes + length);
                for (; count > 0; count--, pass++)
                {
                    // The first bit plane has a cleanup pass only.
                    DecodePass(passes, ref raw, (pass + 2) % 3, plane - ((pass + 2) / 3), isRaw, style);
                }
            }

            contributions = contributions[end..];
        }
    }

    private static void DecodePass(in BlockPasses passes, ref RawBits raw, int kind, int plane, bool isRaw, BlockStyle style)
    {
        switch (kind, isRaw)
        {
            case (0, false):
                passes.SignificancePass(plane);
                break;
            case (0, true):
                passes.RawSignificancePass(ref raw, plane);
                break;
            case (1, false):
                passes.RefinementPass(plane);
                break;
            case (1, true):
                passes.RawRefinementPass(ref raw, plane);
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
            passes.Memory->ResetContexts();
        }
    }

    /// <summary>Brings the bytes of a segment together. Returns the number of passes and where the bytes end.</summary>
    private (int Passes, int End) Gather(ReadOnlySpan<CodeBlock.PassBytes> parts, ReadOnlySpan<byte> codestream)
    {
        var end = StartLength;
        var passes = 0;
        foreach (var part in parts)
        {
            end += part.Length;
            passes += part.Passes;
        }

        if (end + EndLength > _bytes.Length)
        {
            _bytes = new byte[(end + EndLength) * 2];
        }

        _bytes[0] = 0;
        var target = _bytes.AsSpan(StartLength);
        foreach (var part in parts)
        {
            codestream.Slice(part.Offset, part.Length).CopyTo(target);
            target = target[part.Length..];
        }

        target[..EndLength].Fill(0xFF);
        return (passes, end);
    }
}
