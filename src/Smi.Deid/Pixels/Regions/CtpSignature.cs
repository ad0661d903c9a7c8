using System.Globalization;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Parses a signature of CTP: terms <c>Attribute.method("text")</c>, <c>*</c> and, <c>+</c> or, <c>!</c> not, parentheses. And binds
/// closer than or.
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
        return signature._position == text.Length ? condition : throw signature.Failure("text after the signature's end");
    }

    private RuleCondition ParseAlternatives()
    {
        var condition = ParseConjunction();
        while (Take('+'))
        {
            var (before, next) = (condition, ParseConjunction());
            condition = subject => before(subject) || next(subject);
        }

        return condition;
    }

    private RuleCondition ParseConjunction()
    {
        var condition = ParseFactor();
        while (Take('*'))
        {
            var (before, next) = (condition, ParseFactor());
            condition = subject => before(subject) && next(subject);
        }

        return condition;
    }

    private RuleCondition ParseFactor()
    {
        if (Take('!'))
        {
            var negated = ParseFactor();
            return subject => !negated(subject);
        }

        if (Take('('))
        {
            var inner = ParseAlternatives();
            return Take(')') ? inner : throw Failure("a closing parenthesis is missing");
        }

        return ParseTerm();
    }

    private RuleCondition ParseTerm()
    {
        SkipBlanks();
        var name = TakeName();
        if (name is "true" or "false" && !IsNext('.'))
        {
            return name == "true" ? _ => true : _ => false;
        }

        if (!Take('.'))
        {
            throw Failure("an attribute and a method are expected");
        }

        SkipBlanks();
        var method = TakeName();
        var argument = Take('(') && TakeArgument(out var text) && Take(')') ? text : throw Failure("a method's argument is expected");
        if (RuleAttribute.Find(name) is not { } tag)
        {
            _file.Report(Line, $"no attribute is called '{name}'; it counts as missing");
            return _ => false;
        }

        var matches = Comparison(method, argument) ?? throw Failure($"the method '{method}' does not exist");
        return subject => subject.Texts(tag).Any(matches);
    }

    private Func<string, bool>? Comparison(string method, string argument) => method switch
    {
        "equals" => value => value == argument,
        "equalsIgnoreCase" => value => value.Equals(argument, StringComparison.OrdinalIgnoreCase),
        "contains" => value => value.Contains(argument, StringComparison.Ordinal),
        "containsIgnoreCase" => value => value.Contains(argument, StringComparison.OrdinalIgnoreCase),
        "startsWith" => value => value.StartsWith(argument, StringComparison.Ordinal),
        "startsWithIgnoreCase" => value => value.StartsWith(argument, StringComparison.OrdinalIgnoreCase),
        "endsWith" => value => value.EndsWith(argument, StringComparison.Ordinal),
        "endsWithIgnoreCase" => value => value.EndsWith(argument, StringComparison.OrdinalIgnoreCase),
        "isLessThan" => value => Number(value) < Number(argument),
        "isGreaterThan" => value => Number(value) > Number(argument),
        "matches" => Matching(argument),
        _ => null,
    };

    private Func<string, bool> Matching(string argument)
    {
        var pattern = new RulePattern(argument);
        if (pattern.IsLiteral)
        {
            _file.Report(Line, "a value that is no usable expression; it is compared as it is written");
        }

        return pattern.Is;
    }

    /// <summary>No number compares with what is none.</summary>
    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private string TakeName()
    {
        var start = _position;
        if (IsNext('['))
        {
            var close = _text.IndexOf(']', _position);
            _position = close < 0 ? throw Failure("a closing bracket is missing") : close + 1;
        }
        else
        {
            while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '_' or ','))
            {
                _position++;
            }
        }

        return _text[start.._position];
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
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    private RegionRuleException Failure(string message) => new(_file.Name, Line, message);
}
