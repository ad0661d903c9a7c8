namespace Smi.Deid.Tags.Ctp;

/// <summary>A piece of script text that knows where each of its characters stands in the file.</summary>
internal sealed class ScriptText
{
    private readonly SourceText source;
    private readonly int[] origins;
    private readonly int first;

    public ScriptText(SourceText source, string text, int[] origins) : this(source, text, origins, 0)
    {
    }

    private ScriptText(SourceText source, string text, int[] origins, int first)
    {
        this.source = source;
        this.origins = origins;
        this.first = first;
        Text = text;
    }

    public string Text { get; }

    public int Length => Text.Length;

    public char this[int index] => Text[index];

    public Location Locate(int index)
    {
        var at = first + index;
        return source.Locate(origins.Length == 0 ? 0 : at < origins.Length ? origins[at] : origins[^1] + 1);
    }

    public ScriptText Part(int start, int length) => new(source, Text.Substring(start, length), origins, first + start);

    /// <summary>Without white space and control characters at both ends.</summary>
    public ScriptText Trim()
    {
        var start = 0;
        var end = Text.Length;
        while (start < end && Text[start] <= ' ')
        {
            start++;
        }

        while (end > start && Text[end - 1] <= ' ')
        {
            end--;
        }

        return Part(start, end - start);
    }
}
