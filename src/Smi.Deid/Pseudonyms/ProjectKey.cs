using System.Security.Cryptography;
using System.Text;

namespace Smi.Deid.Pseudonyms;

/// <summary>The key of one project: HMAC-SHA-256 of the master key and the project's number.</summary>
public sealed class ProjectKey
{
    private readonly byte[] bytes;

    internal ProjectKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>32 bytes that only the holder of the key can compute; different for each kind of original.</summary>
    public byte[] Mac(string kind, string original) => HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes(kind + ":" + original));
}
