using System.Text.RegularExpressions;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// One expression of an allow-list. It is matched by the engine that is cheap to set up; only where that takes too long, by the one that
/// does not backtrack, which takes a hundred times longer to make. Both give the same answer.
/// </summary>
internal sealed class AllowExpression
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    /// <summary>What an engine that does not backtrack cannot do; wherever it stands, the expression is left alone.</summary>
    private static readonly string[] s_unusable = ["(?=", "(?!", "(?<", "(?>", "(?(", @"\1", @"\2", @"\3", @"\4", @"\5", @"\6", @"\7", @"\8", @"\9", @"\k", @"\G"];

    private readonly Regex _quick;
    private readonly Lazy<Regex> _steady;

    private AllowExpression(string pattern)
    {
        _quick = new Regex(pattern, RegexOptions.CultureInvariant, s_patience);
        _steady = new Lazy<Regex>(() => new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
    }

    /// <summary>Null when it is no expression, or one that looks around or back.</summary>
    public static AllowExpression? Parse(string expression)
    {
        if (Array.Exists(s_unusable, part => expression.Contains(part, StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            return new AllowExpression($@"\A(?:{expression})\z");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public bool Allows(string text)
    {
        try
        {
            return _quick.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return AllowsSteadily(text);
        }
    }

    private bool AllowsSteadily(string text)
    {
        try
        {
            return _steady.Value.IsMatch(text);
        }
        catch (NotSupportedException)
        {
            // Too large for that engine, too slow for the other.
            return false;
        }
    }
}
