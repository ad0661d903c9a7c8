using System.Buffers.Binary;
using System.Numerics;

namespace Smi.Deid.Tags.Ctp;

/// <summary>The Blowfish cipher (B. Schneier, 1993) in ECB mode with PKCS #5 padding, for <c>@encrypt</c>. Not used for anything of ours.</summary>
internal sealed class Blowfish
{
    private const int Rounds = 16;
    private const int BoxCount = 4;
    private const int BoxLength = 256;
    private const int BlockLength = 8;
    private static readonly Lazy<uint[]> Pi = new(() => PiWords(Rounds + 2 + (BoxCount * BoxLength)));

    private readonly uint[] keys;
    private readonly uint[] boxes;

    public Blowfish(ReadOnlySpan<byte> key)
    {
        keys = Pi.Value[..(Rounds + 2)];
        boxes = Pi.Value[(Rounds + 2)..];
        for (var index = 0; index < keys.Length; index++)
        {
            var word = 0u;
            for (var offset = 0; offset < 4; offset++)
            {
                word = (word << 8) | key[((4 * index) + offset) % key.Length];
            }

            keys[index] ^= word;
        }

        var (left, right) = (0u, 0u);
        Fill(keys, ref left, ref right);
        Fill(boxes, ref left, ref right);
    }

    public byte[] Encrypt(ReadOnlySpan<byte> text)
    {
        var padding = BlockLength - (text.Length % BlockLength);
        var result = new byte[text.Length + padding];
        text.CopyTo(result);
        result.AsSpan(text.Length).Fill((byte)padding);
        for (var at = 0; at < result.Length; at += BlockLength)
        {
            Convert(result.AsSpan(at, BlockLength), isReverse: false);
        }

        return result;
    }

    /// <summary>Null when the bytes are no text of this cipher.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes.Length % BlockLength != 0)
        {
            return null;
        }

        var result = bytes.ToArray();
        for (var at = 0; at < result.Length; at += BlockLength)
        {
            Convert(result.AsSpan(at, BlockLength), isReverse: true);
        }

        var padding = result[^1];
        return padding is >= 1 and <= BlockLength && result.AsSpan(result.Length - padding).IndexOfAnyExcept(padding) < 0 ? result[..^padding] : null;
    }

    private void Fill(uint[] words, ref uint left, ref uint right)
    {
        for (var index = 0; index < words.Length; index += 2)
        {
            Mix(ref left, ref right, isReverse: false);
            (words[index], words[index + 1]) = (left, right);
        }
    }

    private void Convert(Span<byte> block, bool isReverse)
    {
        var left = BinaryPrimitives.ReadUInt32BigEndian(block);
        var right = BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        Mix(ref left, ref right, isReverse);
        BinaryPrimitives.WriteUInt32BigEndian(block, left);
        BinaryPrimitives.WriteUInt32BigEndian(block[4..], right);
    }

    private void Mix(ref uint left, ref uint right, bool isReverse)
    {
        for (var round = 0; round < Rounds; round++)
        {
            left ^= keys[isReverse ? Rounds + 1 - round : round];
            right ^= Feistel(left);
            (left, right) = (right, left);
        }

        (left, right) = (right, left);
        right ^= keys[isReverse ? 1 : Rounds];
        left ^= keys[isReverse ? 0 : Rounds + 1];
    }

    private uint Feistel(uint word)
    {
        var sum = unchecked(boxes[word >> 24] + boxes[BoxLength + ((word >> 16) & 0xFF)]);
        return unchecked((sum ^ boxes[(2 * BoxLength) + ((word >> 8) & 0xFF)]) + boxes[(3 * BoxLength) + (word & 0xFF)]);
    }

    // The tables are the binary digits of pi behind the point, here by Machin's formula.
    private static uint[] PiWords(int count)
    {
        const int Guard = 64;
        var one = BigInteger.One << ((32 * count) + Guard);
        var pi = 4 * ((4 * InverseTangent(one, 5)) - InverseTangent(one, 239));
        var fraction = (pi - (3 * one)) >> Guard;
        var bytes = fraction.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[4 * count];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return [.. Enumerable.Range(0, count).Select(index => BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(4 * index)))];
    }

    private static BigInteger InverseTangent(BigInteger one, int inverse)
    {
        var power = one / inverse;
        var sum = power;
        for (var term = 3; !power.IsZero; term += 2)
        {
            power /= -inverse * inverse;
            sum += power / term;
        }

        return sum;
    }
}
