using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Encodes code-blocks (ITU T.800 annex D) one after another, in every style, without loss.</summary>
internal sealed unsafe class BlockEncoder
{
    private const int MostSamples = 4096;
    private const int MostFlags = 6144;
    private const int SegmentationSymbols = 4;

    private readonly ulong[] _flags = new ulong[MostFlags];
    private readonly int[] _coefficients = new int[MostSamples];
    private readonly ushort[] _symbols = new ushort[(MostSamples / 4 * BlockPasses.MostSymbolsOfColumn) + SegmentationSymbols];
    private readonly MqEncoder _arithmetic = new();
    private readonly RawBitWriter _raw = new();
    private readonly List<byte> _bytes = [];
    private BlockMemory _memory;

    /// <summary>
    /// Gives the block all passes of its samples, for the first layer; none when all are zero. False, with the block left as it was, when the samples have
    /// more bit planes than the subband.
    /// </summary>
    public bool Encode(CodeBlock block, Subband subband, BlockStyle style, TileSamples samples)
    {
        var planes = Load(block, samples);
        if (planes > Math.Min(subband.BitPlanes, PacketReader.MostBitPlanes))
        {
            return false;
        }

        block.StartAnew(subband.BitPlanes - planes);
        _bytes.Clear();
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
                IsCausal = style.HasFlag(BlockStyle.VerticallyCausal),
            };
            EncodeSegments(passes, block, planes, style);
        }

        block.SetOwnBytes([.. _bytes]);
        return true;
    }

    private void EncodeSegments(in BlockPasses passes, CodeBlock block, int planes, BlockStyle style)
    {
        // The first bit plane has a cleanup pass only.
        var count = (3 * planes) - 2;
        for (var pass = 0; pass < count;)
        {
            var end = (int)Math.Min(count, pass + (long)block.RoomInSegment(style, out _));
            var isRaw = style.HasFlag(BlockStyle.Bypass) && pass >= BlockDecoder.FirstRawPass && pass % 3 != 0;
            var (first, offset) = (pass, _bytes.Count);
            Start(isRaw);
            for (; pass < end; pass++)
            {
                EncodePass(passes, (pass + 2) % 3, planes - 1 - ((pass + 2) / 3), isRaw, style);
            }

            Finish(isRaw, style);
            block.AddOwn(end - first, offset, _bytes.Count - offset);
        }
    }

    private void EncodePass(in BlockPasses passes, int kind, int plane, bool isRaw, BlockStyle style)
    {
        if (isRaw && kind == 0)
        {
            passes.WriteRawSignificance(_raw, plane);
        }
        else if (isRaw)
        {
            passes.WriteRawRefinement(_raw, plane);
        }
        else
        {
            fixed (ushort* symbols = _symbols)
            {
                var end = kind switch
                {
                    0 => passes.SignificanceSymbols(symbols, plane),
                    1 => passes.RefinementSymbols(symbols, plane),
                    _ => passes.CleanupSymbols(symbols, plane),
                };
                end = kind == 2 && style.HasFlag(BlockStyle.SegmentationSymbols) ? BlockPasses.SegmentationSymbol(end) : end;
                _arithmetic.Encode(passes.Memory, symbols, end);
            }
        }

        if (style.HasFlag(BlockStyle.ResetContexts))
        {
            passes.Memory->ResetContexts();
        }
    }

    private void Start(bool isRaw)
    {
        if (isRaw)
        {
            _raw.Start();
        }
        else
        {
            _arithmetic.Start();
        }
    }

    private void Finish(bool isRaw, BlockStyle style)
    {
        if (isRaw)
        {
            _raw.Finish();
            _bytes.AddRange(CollectionsMarshal.AsSpan(_raw.Bytes));
            return;
        }

        if (style.HasFlag(BlockStyle.PredictableTermination))
        {
            _arithmetic.FinishPredictably();
        }
        else
        {
            _arithmetic.Finish();
        }

        _bytes.AddRange(_arithmetic.Bytes);
    }

    /// <summary>Four rows lie together, column by column; what a last stripe lacks is zero. Returns the bit planes of the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Load(CodeBlock block, TileSamples samples)
    {
        var all = 0;
        Array.Clear(_coefficients, (block.Height & ~3) * block.Width, block.Height % 4 == 0 ? 0 : 4 * block.Width);
        for (var y = 0; y < block.Height; y++)
        {
            var source = samples.Row(block.Y + y).Slice(block.X, block.Width);
            var target = _coefficients.AsSpan(((y & ~3) * block.Width) + (y & 3));
            for (var x = 0; x < source.Length; x++)
            {
                // The least number has no positive one; as 32 bit planes it is too large for any subband.
                var sign = source[x] >> 31;
                var magnitude = (source[x] ^ sign) - sign;
                all |= magnitude;
                target[4 * x] = magnitude | (source[x] & int.MinValue);
            }
        }

        return all == 0 ? 0 : BitOperations.Log2((uint)all) + 1;
    }
}
