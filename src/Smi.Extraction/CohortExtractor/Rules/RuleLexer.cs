using System.Text;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortExtractor.Rules;

/// <summary>Takes a rule file apart: C# words, plain strings, numbers, signs; comments are left out.</summary>
internal sealed class RuleLexer(string text, string path)
{
    private static readonly string[] LongSigns = ["&&", "||", "==", "!=", "<=", ">=", "?.", "??"];
    private int _position;
    private int _line = 1;

    public List<RuleToken> Read()
    {
        var tokens = new List<RuleToken>();
        while (SkipBlanks())
        {
            tokens.Add(Next());
        }

        tokens.Add(new(RuleTokenKind.End, "", _line));
        return tokens;
    }

    private RuleToken Next()
    {
        var start = _position;
        var first = text[_position];
        if (char.IsAsciiLetter(first) || first == '_')
        {
            return Take(RuleTokenKind.Word, start, character => char.IsAsciiLetterOrDigit(character) || character == '_');
        }

        if (char.IsAsciiDigit(first))
        {
            return Take(RuleTokenKind.Number, start, character => char.IsAsciiDigit(character) || character == '.');
        }

        if (first == '"')
        {
            return new(RuleTokenKind.Text, TakeText(), _line);
        }

        var sign = LongSigns.FirstOrDefault(sign => string.CompareOrdinal(text, _position, sign, 0, 2) == 0) ?? first.ToString();
        _position += sign.Length;
        return new(RuleTokenKind.Sign, sign, _line);
    }

    private RuleToken Take(RuleTokenKind kind, int start, Func<char, bool> belongs)
    {
        while (_position < text.Length && belongs(text[_position]))
        {
            _position++;
        }

        return new(kind, text[start.._position], _line);
    }

    private string TakeText()
    {
        var value = new StringBuilder();
        for (_position++; _position < text.Length && text[_position] is not ('"' or '\n'); _position++)
        {
            value.Append(text[_position] == '\\' ? Escaped() : text[_position]);
        }

        if (_position >= text.Length || text[_position] != '"')
        {
            throw new SettingsException($"{path} line {_line}: a string does not end");
        }

        _position++;
        return value.ToString();
    }

    private char Escaped()
    {
        _position++;
        return _position < text.Length && text[_position] is var character and ('\\' or '"' or '\'')
            ? character
            : throw new SettingsException($"{path} line {_line}: only \\\\ and \\\" can be escaped in strings here");
    }

    private bool SkipBlanks()
    {
        while (_position < text.Length)
        {
            if (char.IsWhiteSpace(text[_position]) || text[_position] == '\uFEFF')
            {
                _line += text[_position] == '\n' ? 1 : 0;
                _position++;
            }
            else if (string.CompareOrdinal(text, _position, "//", 0, 2) == 0)
            {
                var end = text.IndexOf('\n', _position);
                _position = end < 0 ? text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
