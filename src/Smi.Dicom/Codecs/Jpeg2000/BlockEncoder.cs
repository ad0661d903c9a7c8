using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Encodes code-blocks with all their bit planes in one codeword segment.</summary>
internal sealed unsafe class BlockEncoder
{
    private const int MostSamples = 4096;
    private const int MostFlags = 6144;

    private readonly uint[] _flags = new uint[MostFlags];
    private readonly uint[] _contexts = new uint[BlockContexts.Count];
    private readonly int[] _coefficients = new int[MostSamples];
    private readonly MqEncoder _encoder = new();

    /// <summary>The bytes of the block and how many bit planes it has; none when all samples are zero.</summary>
    public (byte[] Bytes, int Planes) Encode(CodeBlock block, Subband subband, TileSamples samples)
    {
        var planes = Load(block, samples);
        if (planes == 0)
        {
            return ([], 0);
        }

        Array.Clear(_flags, 0, (((block.Height + 3) / 4) + 2) * (block.Width + 2));
        BlockContexts.Reset(_contexts);
        _encoder.Start();
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
            };
            passes.EncodeCleanupPass(_encoder, planes - 1);
            for (var plane = planes - 2; plane >= 0; plane--)
            {
                passes.EncodeSignificancePass(_encoder, plane);
                passes.EncodeRefinementPass(_encoder, plane);
                passes.EncodeCleanupPass(_encoder, plane);
            }
        }

        _encoder.Finish();
        return (_encoder.Bytes.ToArray(), planes);
    }

    private int Load(CodeBlock block, TileSamples samples)
    {
        var all = 0;
        for (var y = 0; y < block.Height; y++)
        {
            var source = samples.Row(block.Y + y).Slice(block.X, block.Width);
            var target = _coefficients.AsSpan(y * block.Width, block.Width);
            for (var x = 0; x < source.Length; x++)
            {
                var magnitude = Math.Abs(source[x]);
                all |= magnitude;
                target[x] = magnitude | (source[x] & int.MinValue);
            }
        }

        return all == 0 ? 0 : BitOperations.Log2((uint)all) + 1;
    }
}
