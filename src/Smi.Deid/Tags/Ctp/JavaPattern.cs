using System.Text.RegularExpressions;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// A regular expression of a script, with Java's meaning. It runs in linear time where .NET can do that, else against the clock, so that
/// no value in a file can make it run for ever.
/// </summary>
internal sealed class JavaPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private readonly Regex search;
    private readonly Regex full;
    private readonly int line;
    private JavaReplacement replacement = JavaReplacement.Nothing;

    private JavaPattern(string pattern, int line)
    {
        search = Build(pattern);
        full = Build($@"\A(?:{pattern})\z");
        this.line = line;
    }

    /// <summary>Directives that the replacement may produce.</summary>
    public Directives Directives => replacement.Directives;

    /// <summary>Null, and a fault, when the expression is none or has no equal here.</summary>
    public static JavaPattern? Compile(string pattern, CallSyntax call, CompileScope scope)
    {
        try
        {
            return Parse(pattern, call.At.Line);
        }
        catch (ArgumentException exception)
        {
            var reason = exception is RegexParseException parse ? $"{parse.Error} at {parse.Offset}" : exception.Message;
            scope.Faults.Fatal(call.At, $"the expression of @{call.Name} is wrong ({reason}); note that a backslash in it is written \\\\");
            return null;
        }
    }

    /// <exception cref="ArgumentException">The expression is none, or has no equal here.</exception>
    public static JavaPattern Parse(string pattern, int line) => new(JavaPatternTranslator.Translate(pattern), line);

    /// <summary>False, and a fault, when the replacement refers to a group that is not there.</summary>
    public bool TryReplaceWith(string text, CallSyntax call, CompileScope scope)
    {
        if (JavaReplacement.Parse(text, search) is { } parsed)
        {
            replacement = parsed;
            return true;
        }

        scope.Faults.Fatal(call.At, "the replacement of @contents refers to a group that its expression does not have; write \\\\$ for the character itself");
        return false;
    }

    public string Replace(string text, Evaluation run)
    {
        try
        {
            return search.Replace(text, replacement.Of);
        }
        catch (RegexMatchTimeoutException)
        {
            return TooSlow(run);
        }
    }

    public bool IsFullMatch(string text, Evaluation run) => IsFullMatch(text) ?? TooSlow(run).Length > 0;

    /// <summary>Null when it takes too long.</summary>
    public bool? IsFullMatch(string text)
    {
        try
        {
            return full.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private string TooSlow(Evaluation run) => run.Refuse($"the expression at line {line} of the script takes too long on this file");

    private static Regex Build(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }
}
