using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Smi.Deid.Samples;

/// <summary>
/// Numbers and UIDs that follow from a seed and a label and from nothing else, so that samples are the same on every machine and
/// one file does not change when another is added.
/// </summary>
internal sealed class SampleRandom
{
    private readonly int seed;
    private ulong state;

    public SampleRandom(int seed, string label)
    {
        this.seed = seed;
        state = BinaryPrimitives.ReadUInt64LittleEndian(Digest(label));
    }

    /// <summary>A UID below 2.25 (PS3.5 B.2) for the thing that the label names.</summary>
    public string Uid(string label)
    {
        var uuid = Digest("uid:" + label).AsSpan(0, 16);
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return $"2.25.{new BigInteger(uuid, isUnsigned: true, isBigEndian: true)}";
    }

    /// <summary>From <paramref name="lowest"/> to below <paramref name="end"/>.</summary>
    public int Next(int lowest, int end) => lowest + (int)(NextBits() % (ulong)(end - lowest));

    /// <summary>From 0 to below 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>About normal, mean 0 and standard deviation 1: a sum of uniform numbers needs no function of a mathematics library.</summary>
    public double NextNormal()
    {
        var bits = NextBits();
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum - 131070.0) / 37837.0;
    }

    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + Next(0, 10))));

    private byte[] Digest(string label) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{label}"));

    // SplitMix64 (Steele, Lea and Flood 2014).
    private ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15;
        var bits = state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
