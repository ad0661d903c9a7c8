using Smi.Deid.Files;

namespace Smi.Deid.Tags.Ctp;

/// <summary>A script file as text, with the way back from an index to line and column.</summary>
internal sealed class SourceText
{
    private readonly int[] lineStarts;

    public SourceText(string text)
    {
        Text = text;
        lineStarts = [0, .. Enumerable.Range(0, text.Length).Where(index => text[index] == '\n').Select(index => index + 1)];
    }

    public string Text { get; }

    /// <summary>
    /// Decodes a file: UTF-8, or UTF-16 where a byte-order mark says so. Bytes that are no text in that encoding are a fault, since a
    /// misread rule is a rule that does not apply.
    /// </summary>
    public static SourceText Decode(byte[] bytes, FaultLog faults)
    {
        var (text, badLine) = DecodedText.Of(bytes);
        if (badLine is { } line)
        {
            faults.Fatal(new Location(line, 1), DecodedText.Trouble);
        }

        return new SourceText(text);
    }

    public Location Locate(int index)
    {
        var line = Array.BinarySearch(lineStarts, index);
        line = line < 0 ? ~line - 1 : line;
        return new Location(line + 1, index - lineStarts[line] + 1);
    }

    public int IndexOf(int line, int column) => Math.Min(Text.Length, lineStarts[Math.Clamp(line - 1, 0, lineStarts.Length - 1)] + column - 1);
}
