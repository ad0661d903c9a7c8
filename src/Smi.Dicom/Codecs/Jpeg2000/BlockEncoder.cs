using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Encodes code-blocks (ITU T.800 annex D) one after another: all passes in one segment, no special style.</summary>
internal sealed unsafe class BlockEncoder
{
    private const int MostSamples = 4096;
    private const int MostFlags = 6144;

    private readonly ulong[] _flags = new ulong[MostFlags];
    private readonly int[] _coefficients = new int[MostSamples];
    private readonly ushort[] _symbols = new ushort[MostSamples / 4 * BlockPasses.MostSymbolsOfColumn];
    private readonly MqEncoder _encoder = new();
    private BlockMemory _memory;

    /// <summary>The bytes of the block and how many bit planes it has; none when all samples are zero.</summary>
    public (byte[] Bytes, int Planes) Encode(CodeBlock block, Subband subband, TileSamples samples)
    {
        var planes = Load(block, samples);
        if (planes == 0)
        {
            return ([], 0);
        }

        Array.Clear(_flags, 0, (((block.Height + 3) / 4) + 2) * (block.Width + 2));
        _encoder.Start();
        fixed (ulong* flags = _flags)
        fixed (int* coefficients = _coefficients)
        fixed (ushort* symbols = _symbols)
        fixed (BlockMemory* memory = &_memory)
        {
            memory->Prepare(subband);
            var passes = new BlockPasses { Flags = flags, Memory = memory, Coefficients = coefficients, Width = block.Width, Height = block.Height };
            _encoder.Encode(memory, symbols, passes.CleanupSymbols(symbols, planes - 1));
            for (var plane = planes - 2; plane >= 0; plane--)
            {
                _encoder.Encode(memory, symbols, passes.SignificanceSymbols(symbols, plane));
                _encoder.Encode(memory, symbols, passes.RefinementSymbols(symbols, plane));
                _encoder.Encode(memory, symbols, passes.CleanupSymbols(symbols, plane));
            }
        }

        _encoder.Finish();
        return (_encoder.Bytes.ToArray(), planes);
    }

    /// <summary>Four rows lie together, column by column; what a last stripe lacks is zero.</summary>
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
                var magnitude = Math.Abs(source[x]);
                all |= magnitude;
                target[4 * x] = magnitude | (source[x] & int.MinValue);
            }
        }

        return all == 0 ? 0 : BitOperations.Log2((uint)all) + 1;
    }
}
