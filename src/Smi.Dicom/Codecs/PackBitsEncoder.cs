using System.Buffers;

namespace Smi.Dicom.Codecs;

/// <summary>Writes one segment of an RLE frame (PS3.5 G.3).</summary>
internal static class PackBitsEncoder
{
    public static void Encode(ReadOnlySpan<byte> plane, int step, int rows, byte[] row, ArrayBufferWriter<byte> codestream)
    {
        int start = codestream.WrittenCount;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> source = plane[(y * row.Length * step)..];
            for (int x = 0, from = 0; x < row.Length; x++, from += step)
            {
                row[x] = source[from];
            }
            // G.3.1: a run must not cross from one row into the next.
            EncodeRow(row, codestream);
        }

        if ((codestream.WrittenCount - start) % 2 == 1)
        {
            codestream.Write([(byte)0]);
        }
    }

    private static void EncodeRow(ReadOnlySpan<byte> row, ArrayBufferWriter<byte> codestream)
    {
        int at = 0;
        while (at < row.Length)
        {
            int run = RunLength(row[at..]);
            int length = run > 2 ? run : LiteralLength(row[at..]);
            Span<byte> target = codestream.GetSpan(1 + length);
            if (run > 2)
            {
                target[0] = (byte)(1 - run);
                target[1] = row[at];
                codestream.Advance(2);
            }
            else
            {
                target[0] = (byte)(length - 1);
                row.Slice(at, length).CopyTo(target[1..]);
                codestream.Advance(1 + length);
            }

            at += length;
        }
    }

    private static int RunLength(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> window = bytes[..Math.Min(128, bytes.Length)];
        int end = window.IndexOfAnyExcept(window[0]);
        return end < 0 ? window.Length : end;
    }

    // Up to the next three equal bytes: a shorter run costs as much as it saves.
    private static int LiteralLength(ReadOnlySpan<byte> bytes)
    {
        int most = Math.Min(128, bytes.Length);
        for (int i = 1; i + 2 < most; i++)
        {
            if (bytes[i] == bytes[i + 1] && bytes[i] == bytes[i + 2])
            {
                return i;
            }
        }

        return most;
    }
}
