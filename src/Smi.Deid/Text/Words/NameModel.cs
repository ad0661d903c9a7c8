using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Smi.Deid.Text.Words;

/// <summary>
/// How much a word that no list knows looks like a person's name: a logistic model over its pieces of two to five letters. Trained by tools/name-model,
/// which spells the same computation in Python. Immutable.
/// </summary>
internal sealed class NameModel
{
    private const int Buckets = 1 << 16;
    private const int ShortestPiece = 2;
    private const int LongestPiece = 5;
    private const int HeaderLength = 8;
    private readonly float step;
    private readonly float bias;
    private readonly sbyte[] weights;

    private NameModel(float step, float bias, sbyte[] weights)
    {
        this.step = step;
        this.bias = bias;
        this.weights = weights;
    }

    public static NameModel Load()
    {
        using var stream = typeof(NameModel).Assembly.GetManifestResourceStream("text-name-model.bin") ?? throw new InvalidDataException("the resource text-name-model.bin is missing");
        var content = new byte[HeaderLength + Buckets];
        stream.ReadExactly(content);
        return new NameModel(BinaryPrimitives.ReadSingleLittleEndian(content), BinaryPrimitives.ReadSingleLittleEndian(content.AsSpan(4)), MemoryMarshal.Cast<byte, sbyte>(content.AsSpan(HeaderLength)).ToArray());
    }

    /// <summary>The log odds that a folded word is a name: above 0 more likely than not.</summary>
    public float Score(ReadOnlySpan<char> folded)
    {
        var sum = 0;
        var pieces = 0;
        for (var start = -1; start < folded.Length; start++)
        {
            var hash = 2166136261u;
            for (var end = start; end <= folded.Length && end < start + LongestPiece; end++)
            {
                // The ends of the word are marked, as ^ and $.
                var letter = end < 0 ? '^' : end == folded.Length ? '$' : folded[end];
                hash = unchecked((hash ^ letter) * 16777619u);
                if (end - start + 1 < ShortestPiece) continue;
                sum += weights[(hash ^ (hash >> 16)) & (Buckets - 1)];
                pieces++;
            }
        }

        return pieces == 0 ? bias : step * sum / MathF.Sqrt(pieces) + bias;
    }
}
