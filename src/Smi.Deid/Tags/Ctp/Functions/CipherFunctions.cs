using System.Text;

namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>Blowfish with a key made of a text. The language fixes it; whoever has the script can read the values back.</summary>
internal static class CipherFunctions
{
    private const int KeyCharacters = 22;
    private const string KeyFiller = "tszyihnnphlyeaglle";

    public static Expression Encrypt(CallSyntax call, CompileScope scope) => Of(call, scope, (cipher, value) => Convert.ToBase64String(cipher.Encrypt(Encoding.UTF8.GetBytes(value))));

    public static Expression Decrypt(CallSyntax call, CompileScope scope) => Of(call, scope, Decrypted);

    private static Expression Of(CallSyntax call, CompileScope scope, Func<Blowfish, string, string?> change)
    {
        if (call.Arguments.Count < 2)
        {
            return ElementFunctions.ArgumentsAsText(call, scope, $"@{call.Name}(Name,@KEY)");
        }

        var element = scope.Element(call, 0);
        var cipher = new Lazy<Blowfish>(new Blowfish(KeyOf(scope.Parameter(call, 1) ?? "")));
        return new Computed(run => change(cipher.Value, element.Read(run) ?? "") ?? call.ArgumentText);
    }

    private static string? Decrypted(Blowfish cipher, string value)
    {
        var buffer = new byte[value.Length];
        return Convert.TryFromBase64String(value, buffer, out var length) && cipher.Decrypt(buffer.AsSpan(0, length)) is { } text
            ? Encoding.UTF8.GetString(text)
            : null;
    }

    private static byte[] KeyOf(string text)
    {
        var characters = new StringBuilder(string.Concat(text.Where(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/')));
        while (characters.Length < KeyCharacters)
        {
            characters.Append(KeyFiller);
        }

        return DecodeBits(characters.ToString(0, KeyCharacters));
    }

    // 22 characters are 132 bits, of which a key has the first 128; a strict decoder would refuse the four that are left over.
    private static byte[] DecodeBits(string characters)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var bits = string.Concat(characters.Select(character => Convert.ToString(Alphabet.IndexOf(character, StringComparison.Ordinal), 2).PadLeft(6, '0')));
        return [.. Enumerable.Range(0, 16).Select(index => Convert.ToByte(bits.Substring(8 * index, 8), 2))];
    }
}
