using System.Text;

namespace Smi.Deid.Files;

/// <summary>A text file of a site: UTF-8, or UTF-16 where a byte-order mark says so.</summary>
/// <param name="Text">Without the mark; where bytes are no text in its encoding, what can be read of it as UTF-8.</param>
/// <param name="BadLine">One based, where the first such bytes stand; null when all is text.</param>
internal readonly record struct DecodedText(string Text, int? BadLine)
{
    /// <summary>What is wrong with the bad line: a rule that is misread is one that does not apply.</summary>
    public const string Trouble = "there are bytes that are not UTF-8, so encodings are mixed; save the file as UTF-8";

    public static DecodedText Of(byte[] bytes)
    {
        var (encoding, start) = EncodingOf(bytes);
        try
        {
            return new DecodedText(encoding.GetString(bytes, start, bytes.Length - start), null);
        }
        catch (DecoderFallbackException failure)
        {
            var bad = Math.Min(start + Math.Max(0, failure.Index), bytes.Length);
            return new DecodedText(Encoding.UTF8.GetString(bytes, start, bytes.Length - start), 1 + bytes.AsSpan(0, bad).Count((byte)'\n'));
        }
    }

    /// <summary>The encoding, which throws where bytes are no text in it, and where the text begins.</summary>
    private static (Encoding Encoding, int Start) EncodingOf(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, true), 3),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
        _ => (new UTF8Encoding(false, true), 0),
    };
}
