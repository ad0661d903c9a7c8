namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Parses a signature of CTP: terms <c>Attribute.method("text")</c>, <c>*</c> and, <c>+</c> or, <c>!</c> not, parentheses, comments behind two
/// slashes. And binds closer than or. What CTP evaluates otherwise than it reads is an error, so that no rule says two things.
/// </summary>
internal sealed class CtpSignature
{
    private readonly string _text;
    private readonly int _firstLine;
    private readonly RuleFile _file;
    private int _position;

    private CtpSignature(string text, int line, RuleFile file)
    {
        _text = text;
        _firstLine = line;
        _file = file;
    }

    private int Line => _firstLine + _text.AsSpan(0, _position).Count('\n');

    public static RuleCondition Parse(string text, int line, RuleFile file)
    {
        var signature = new CtpSignature(text, line, file);
        var condition = signature.ParseAlternatives();
        signature.SkipBlanks();
        return signature._position == text.Length ? subject => condition(subject, false) : throw signature.Failure("text after the signature's end");
    }

    private CtpCondition ParseAlternatives()
    {
        var condition = ParseConjunction();
        while (Take('+'))
        {
            var (before, next) = (condition, ParseConjunction());
            condition = (subject, isNegated) => before(subject, isNegated) || next(subject, isNegated);
        }

        return condition;
    }

    private CtpCondition ParseConjunction()
    {
        var condition = ParseFactor();
        while (Take('*'))
        {
            var (before, next) = (condition, ParseFactor());
            condition = (subject, isNegated) => before(subject, isNegated) && next(subject, isNegated);
        }

        return condition;
    }

    private CtpCondition ParseFactor()
    {
        if (Take('!'))
        {
            SkipBlanks();
            var negated = IsNext('!') ? throw Failure("two negations behind one another, of which CTP follows one") : ParseFactor();
            return (subject, isNegated) => !negated(subject, !isNegated);
        }

        if (Take('('))
        {
            var inner = ParseAlternatives();
            return Take(')') ? inner : throw Failure("a closing parenthesis is missing");
        }

        return ParseTerm();
    }

    private CtpCondition ParseTerm()
    {
        SkipBlanks();
        var name = TakeName();
        if (name is "true" or "false" && !IsNext('.'))
        {
            return ParseConstant(name == "true");
        }

        if (!Take('.'))
        {
            throw Failure("an attribute and a method are expected");
        }

        SkipBlanks();
        var method = TakeName();
        var argument = Take('(') && TakeArgument(out var text) && Take(')') ? text : throw Failure("a method's argument is expected");
        return Term(name, method, argument);
    }

    // CTP reads the name of an attribute up to the next point, whatever stands before it.
    private CtpCondition ParseConstant(bool value) =>
        _text.IndexOf('.', _position) < 0 ? (_, _) => value : throw Failure("true or false that is not the last term, which CTP takes for part of the next");

    private CtpCondition Term(string name, string method, string argument)
    {
        if (!CtpTerm.IsKnown(name))
        {
            _file.Report(Line, $"no attribute is called '{name}'; it counts as missing");
        }

        try
        {
            return CtpTerm.Parse(name, method, argument, Line) ?? throw Failure($"the method '{method}' does not exist");
        }
        catch (ArgumentException)
        {
            throw Failure("the text of 'matches' is no regular expression that can be used");
        }
    }

    /// <summary>A keyword, digits in brackets, a private block in them, or several with colons between.</summary>
    private string TakeName()
    {
        var (start, depth) = (_position, 0);
        for (; _position < _text.Length; _position++)
        {
            var character = _text[_position];
            depth += character == '[' ? 1 : character == ']' ? -1 : 0;
            if (depth == 0 && character != ']' && !char.IsAsciiLetterOrDigit(character) && character is not ('_' or ',' or ':'))
            {
                break;
            }
        }

        return depth == 0 ? _text[start.._position] : throw Failure("a closing bracket is missing");
    }

    private bool TakeArgument(out string argument)
    {
        argument = string.Empty;
        if (!Take('"'))
        {
            return false;
        }

        var close = _text.IndexOf('"', _position);
        if (close < 0)
        {
            return false;
        }

        argument = _text[_position..close];
        _position = close + 1;
        return true;
    }

    private bool Take(char character)
    {
        SkipBlanks();
        var isNext = IsNext(character);
        _position += isNext ? 1 : 0;
        return isNext;
    }

    private bool IsNext(char character) => _position < _text.Length && _text[_position] == character;

    private void SkipBlanks()
    {
        while (_position < _text.Length && (char.IsWhiteSpace(_text[_position]) || IsComment()))
        {
            _position = IsComment() ? EndOfLine() : _position + 1;
        }
    }

    private bool IsComment() => _text.AsSpan(_position).StartsWith("//");

    private int EndOfLine() => _text.IndexOf('\n', _position) is var end and >= 0 ? end : _text.Length;

    private RegionRuleException Failure(string message) => new(_file.Name, Line, message);
}
