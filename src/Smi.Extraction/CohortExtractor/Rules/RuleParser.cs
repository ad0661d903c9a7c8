using System.Globalization;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortExtractor.Rules;

/// <summary>What a rule evaluates for one file.</summary>
internal delegate object? RuleExpression(CandidateFile file);

/// <summary>Answers true when the script has returned, with its value.</summary>
internal delegate bool RuleStatement(CandidateFile file, out object? result);

/// <summary>
/// Understands the part of C# that rule files are written in: if, else, return, row["Column"], comparisons and logic, and the methods of
/// <see cref="RuleMethods"/>. Anything else is an error with its line: a filter that is half understood would let files through.
/// </summary>
internal sealed class RuleParser(IReadOnlyList<RuleToken> tokens, string path)
{
    private int _position;

    public RuleStatement Parse()
    {
        var statements = new List<RuleStatement>();
        while (Current.Kind != RuleTokenKind.End)
        {
            statements.Add(Statement());
        }

        return Sequence(statements);
    }

    private RuleToken Current => tokens[_position];

    private static RuleStatement Sequence(List<RuleStatement> statements) => (CandidateFile file, out object? result) =>
    {
        foreach (var statement in statements)
        {
            if (statement(file, out result))
            {
                return true;
            }
        }

        result = null;
        return false;
    };

    private RuleStatement Statement()
    {
        if (TakeSign("{"))
        {
            var statements = new List<RuleStatement>();
            while (!TakeSign("}"))
            {
                statements.Add(Statement());
            }

            return Sequence(statements);
        }

        return TakeWord("if") ? If() : TakeWord("return") ? Return() : throw Unexpected("if, return or {");
    }

    private RuleStatement If()
    {
        Expect("(");
        var condition = Expression();
        Expect(")");
        var then = Statement();
        var otherwise = TakeWord("else") ? Statement() : Sequence([]);
        return (CandidateFile file, out object? result) => IsTrue(condition(file)) ? then(file, out result) : otherwise(file, out result);
    }

    private RuleStatement Return()
    {
        var value = Expression();
        Expect(";");
        return (CandidateFile file, out object? result) =>
        {
            result = value(file);
            return true;
        };
    }

    private RuleExpression Expression()
    {
        var left = And();
        while (TakeSign("||"))
        {
            var (first, second) = (left, And());
            left = file => IsTrue(first(file)) || IsTrue(second(file));
        }

        return left;
    }

    private RuleExpression And()
    {
        var left = Comparison();
        while (TakeSign("&&"))
        {
            var (first, second) = (left, Comparison());
            left = file => IsTrue(first(file)) && IsTrue(second(file));
        }

        return left;
    }

    private RuleExpression Comparison()
    {
        var left = Unary();
        if (Current is { Kind: RuleTokenKind.Sign, Text: "==" or "!=" or "<" or ">" or "<=" or ">=" })
        {
            var sign = Take().Text;
            var (first, second) = (left, Unary());
            return file => RuleMethods.Compare(first(file), sign, second(file));
        }

        if (TakeWord("is"))
        {
            var isNot = TakeWord("not");
            if (!TakeWord("null") && !TakeWord("DBNull"))
            {
                throw Unexpected("null or DBNull");
            }

            return file => (left(file) is null) != isNot;
        }

        return left;
    }

    private RuleExpression Unary()
    {
        if (TakeSign("!"))
        {
            var value = Unary();
            return file => !IsTrue(value(file));
        }

        var operand = Primary();
        while (true)
        {
            if (TakeWord("as"))
            {
                operand = TakeWord("string") ? AsText(operand) : throw Unexpected("string");
            }
            else if (TakeSign(".") || TakeSign("?."))
            {
                operand = Member(operand);
            }
            else
            {
                return operand;
            }
        }
    }

    private static RuleExpression AsText(RuleExpression operand) => file => operand(file) as string;

    private RuleExpression Member(RuleExpression target)
    {
        var name = Current;
        var arguments = Call(Take().Text);
        var method = RuleMethods.FindMember(name.Text, arguments.Count) ?? throw Fault(name, $"method {name.Text} is not known here");
        return file => method(target(file), [.. arguments.Select(argument => argument(file))]);
    }

    private RuleExpression Primary()
    {
        if (TakeSign("("))
        {
            var inner = Expression();
            Expect(")");
            return inner;
        }

        var token = Take();
        return token.Kind switch
        {
            RuleTokenKind.Text => _ => token.Text,
            RuleTokenKind.Number => Constant(double.Parse(token.Text, CultureInfo.InvariantCulture)),
            RuleTokenKind.Word => Word(token),
            _ => throw Fault(token, $"'{token.Text}' is not expected here"),
        };
    }

    private static RuleExpression Constant(object? value) => _ => value;

    private RuleExpression Word(RuleToken token)
    {
        switch (token.Text)
        {
            case "true" or "false":
                return Constant(token.Text == "true");
            case "null":
                return Constant(null);
            case "row":
                Expect("[");
                var column = Take();
                Expect("]");
                return column.Kind == RuleTokenKind.Text
                    ? file => ColumnRejector.Value(file, column.Text)
                    : throw Fault(column, "the name of a column is expected");
            default:
                return Static(token);
        }
    }

    /// <summary>A static method, with or without System in front.</summary>
    private RuleExpression Static(RuleToken first)
    {
        var name = first.Text;
        while (TakeSign("."))
        {
            name += "." + Take().Text;
        }

        name = name.StartsWith("System.", StringComparison.Ordinal) ? name["System.".Length..] : name;
        if (name == "DBNull.Value")
        {
            return Constant(null);
        }

        var arguments = Call(name);
        var method = RuleMethods.FindStatic(name, arguments.Count) ?? throw Fault(first, $"{name} is not known here");
        return file => method([.. arguments.Select(argument => argument(file))]);
    }

    private List<RuleExpression> Call(string name)
    {
        if (!TakeSign("("))
        {
            throw Fault(Current, $"{name} is not known here");
        }

        var arguments = new List<RuleExpression>();
        while (!TakeSign(")"))
        {
            arguments.Add(Expression());
            if (!TakeSign(",") && Current.Text != ")")
            {
                throw Unexpected(", or )");
            }
        }

        return arguments;
    }

    private static bool IsTrue(object? value) => value is bool flag ? flag : throw new InvalidOperationException("a condition of the rule file is not true or false");

    private RuleToken Take() => Current.Kind == RuleTokenKind.End ? throw Unexpected("more") : tokens[_position++];

    private bool TakeSign(string sign) => TakeIf(RuleTokenKind.Sign, sign);

    private bool TakeWord(string word) => TakeIf(RuleTokenKind.Word, word);

    private bool TakeIf(RuleTokenKind kind, string text)
    {
        if (Current.Kind != kind || Current.Text != text)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!TakeSign(sign))
        {
            throw Unexpected(sign);
        }
    }

    private SettingsException Unexpected(string expected) =>
        Fault(Current, $"{expected} is expected, and {(Current.Kind == RuleTokenKind.End ? "the file ends" : $"'{Current.Text}' stands there")}");

    private SettingsException Fault(RuleToken token, string what) => new($"{path} line {token.Line}: {what}");
}
