namespace Smi.Deid.Tags.Ctp;

internal enum OutcomeKind
{
    Keep,
    Remove,
    Empty,
    Blank,
    Text,
}

/// <summary>What a finished value means for its attribute.</summary>
/// <param name="Text">The text to write, or the blanks of <see cref="OutcomeKind.Blank"/>.</param>
internal readonly record struct Outcome(OutcomeKind Kind, string Text)
{
    private const int MostBlanks = 55;

    /// <param name="value">Trimmed.</param>
    /// <param name="allowed">Directives that the script produced; in strict mode all of them.</param>
    public static Outcome Of(string value, Directives allowed)
    {
        if (allowed.HasFlag(Directives.Remove) && value.Contains(DirectiveText.Remove, StringComparison.Ordinal))
        {
            return new(OutcomeKind.Remove, "");
        }

        if (allowed.HasFlag(Directives.Keep) && value == DirectiveText.Keep)
        {
            return new(OutcomeKind.Keep, "");
        }

        if (allowed.HasFlag(Directives.Blank) && value.StartsWith(DirectiveText.Blank, StringComparison.Ordinal))
        {
            return new(OutcomeKind.Blank, new string(' ', CountOf(value)));
        }

        return value.Length == 0 || (allowed.HasFlag(Directives.Empty) && value == DirectiveText.Empty)
            ? new(OutcomeKind.Empty, "")
            : new(OutcomeKind.Text, value);
    }

    private static int CountOf(string value)
    {
        var end = value.IndexOf(')', StringComparison.Ordinal);
        var count = 0;
        foreach (var character in value.AsSpan(DirectiveText.Blank.Length, Math.Max(0, end - DirectiveText.Blank.Length)))
        {
            count = char.IsAsciiDigit(character) ? Math.Min(MostBlanks, (count * 10) + (character - '0')) : count;
        }

        return count;
    }
}
