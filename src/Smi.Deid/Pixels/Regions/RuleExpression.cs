using System.Text.RegularExpressions;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// An expression of a rule file. It is matched by the engine that is cheap to set up; only where that takes too long, by the one that
/// does not backtrack, which takes a hundred times longer to make. Both give the same answer, so that no rule file can make it slow.
/// </summary>
internal sealed class RuleExpression
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    /// <summary>For an expression that only one engine can match.</summary>
    private static readonly TimeSpan s_lastPatience = TimeSpan.FromSeconds(1);

    /// <summary>What an engine that does not backtrack cannot do.</summary>
    private static readonly string[] s_looks = ["(?=", "(?!", "(?<", "(?>", "(?(", @"\1", @"\2", @"\3", @"\4", @"\5", @"\6", @"\7", @"\8", @"\9", @"\k", @"\G"];

    private readonly Regex _quick;
    private readonly Lazy<Regex> _steady;

    private RuleExpression(string pattern, RegexOptions options, TimeSpan patience)
    {
        _quick = new Regex(pattern, options, patience);
        _steady = new Lazy<Regex>(() => new Regex(pattern, options | RegexOptions.NonBacktracking));
    }

    /// <summary>Null when it is no expression, or one that looks around or back and must not.</summary>
    /// <param name="expression">As it stands in the file.</param>
    /// <param name="isWhole">It must match all of a text, not a part.</param>
    /// <param name="ignoresCase">Capitals and small letters are the same.</param>
    /// <param name="looksAround">It may look around and back, which takes an engine that some texts keep too long.</param>
    public static RuleExpression? Parse(string expression, bool isWhole, bool ignoresCase, bool looksAround = false)
    {
        var looks = Array.Exists(s_looks, part => expression.Contains(part, StringComparison.Ordinal));
        if (looks && !looksAround)
        {
            return null;
        }

        try
        {
            var options = RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            return new RuleExpression(isWhole ? $@"\A(?:{expression})\z" : expression, options, looks ? s_lastPatience : s_patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Null when neither engine can tell: too slow for the one, too large for the other.</summary>
    public bool? Matches(string text)
    {
        try
        {
            return _quick.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return MatchesSteadily(text);
        }
    }

    private bool? MatchesSteadily(string text)
    {
        try
        {
            return _steady.Value.IsMatch(text);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
