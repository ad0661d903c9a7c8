using Smi.Deid.Pseudonyms;

namespace Smi.Deid.Tests;

public sealed class MasterKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_new_key_is_private_loads_again_and_is_never_overwritten()
    {
        var path = Path.Combine(folder, "smi.key");
        MasterKey.Create(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(MasterKey.Load(path).Fingerprint, MasterKey.Load(path).Fingerprint);
        Assert.DoesNotContain(MasterKey.Load(path).Fingerprint, File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Throws<KeyFileException>(() => MasterKey.Create(path));
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        var path = Path.Combine(folder, "smi.key");
        MasterKey.Create(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<KeyFileException>(() => MasterKey.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcd")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void A_file_without_64_digits_is_no_key(string text)
    {
        var path = Path.Combine(folder, "smi.key");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Throws<KeyFileException>(() => MasterKey.Load(path));
    }
}
