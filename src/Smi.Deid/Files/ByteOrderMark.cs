using System.Text;

namespace Smi.Deid.Files;

/// <summary>How a text file of a site is encoded: UTF-8, or UTF-16 where a byte-order mark says so.</summary>
internal static class ByteOrderMark
{
    /// <summary>The encoding, which throws where bytes are no text in it, and where the text begins.</summary>
    public static (Encoding Encoding, int Start) EncodingOf(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, true), 3),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
        _ => (new UTF8Encoding(false, true), 0),
    };
}
