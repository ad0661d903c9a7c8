using System.Text.RegularExpressions;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>An expression of a rule file. Linear time where the expression allows it; one with look-around has a time limit instead.</summary>
internal sealed class RulePattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly Regex _regex;

    /// <exception cref="RegexParseException">The expression is none.</exception>
    public RulePattern(string pattern, bool caseSensitive)
    {
        Text = pattern;
        var options = RegexOptions.CultureInvariant | (caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            _regex = new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            _regex = new Regex(pattern, options, Limit);
        }
    }

    public string Text { get; }

    /// <summary>Throws when the time limit is reached: the file is then not verified, never taken for clean.</summary>
    public bool IsMatch(string value) => _regex.IsMatch(value);

    public IEnumerable<(string Word, int Offset)> Matches(string value) => _regex.Matches(value).Select(match => (match.Value, match.Index));
}
