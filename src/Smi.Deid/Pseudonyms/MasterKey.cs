using System.Security.Cryptography;
using System.Text;

namespace Smi.Deid.Pseudonyms;

/// <summary>The secret that all pseudonyms hang on: 32 random bytes, kept as one line of 64 hexadecimal digits in a file of mode 0600.</summary>
public sealed class MasterKey
{
    private const int Length = 32;
    private const UnixFileMode OthersMask = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    private readonly byte[] bytes;

    private MasterKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>A key for one run; its pseudonyms match no other.</summary>
    public static MasterKey Random() => new(RandomNumberGenerator.GetBytes(Length));

    /// <exception cref="KeyFileException">The file is missing, readable by others, or holds no key.</exception>
    public static MasterKey Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new KeyFileException($"the key file {path} does not exist; make one with: smi new-key {path}");
        }

        if ((File.GetUnixFileMode(path) & OthersMask) != 0)
        {
            throw new KeyFileException($"the key file {path} can be read by others; put it right with: chmod 600 {path}");
        }

        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Length && text.All(char.IsAsciiHexDigit)
            ? new MasterKey(Convert.FromHexString(text))
            : throw new KeyFileException($"the key file {path} does not hold one line of {2 * Length} hexadecimal digits");
    }

    /// <summary>Writes a new key, never over an existing file.</summary>
    /// <exception cref="KeyFileException">The file exists.</exception>
    public static void Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length)) + "\n"));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new KeyFileException($"{path} exists already; a key is never overwritten");
        }
    }

    /// <summary>The key of one project, so that extracts of two projects cannot be joined.</summary>
    public ProjectKey ForProject(string project) => new(HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes("project:" + project)));

    /// <summary>Names the key without giving it away.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "fingerprint"u8))[..16];
}
