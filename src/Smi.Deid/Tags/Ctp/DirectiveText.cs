namespace Smi.Deid.Tags.Ctp;

/// <summary>How directives are spelled in a value.</summary>
internal static class DirectiveText
{
    public const string Keep = "@keep()";
    public const string Remove = "@remove()";
    public const string Empty = "@empty()";
    public const string Blank = "@blank(";

    public static readonly IReadOnlyList<string> Names = ["keep", "remove", "empty", "blank"];

    /// <summary>Those that a piece of script text contains.</summary>
    public static Directives In(string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
        {
            return Directives.None;
        }

        return (text.Contains(Keep, StringComparison.Ordinal) ? Directives.Keep : Directives.None)
            | (text.Contains(Remove, StringComparison.Ordinal) ? Directives.Remove : Directives.None)
            | (text.Contains(Empty, StringComparison.Ordinal) ? Directives.Empty : Directives.None)
            | (text.Contains(Blank, StringComparison.Ordinal) ? Directives.Blank : Directives.None);
    }
}
