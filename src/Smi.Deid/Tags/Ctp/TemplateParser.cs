using System.Text;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Turns the text of a rule into an expression: literal text, escapes and function calls, left to right.</summary>
internal sealed class TemplateParser(CompileScope scope)
{
    private const int DeepestNesting = 64;
    private int depth;

    public Expression Parse(ScriptText text)
    {
        if (++depth > DeepestNesting)
        {
            depth--;
            scope.Faults.Broken(text.Locate(0), $"clauses are nested more than {DeepestNesting} deep");
            return Literal.Empty;
        }

        var expression = Concatenation.Of(PartsOf(text));
        depth--;
        return expression;
    }

    private List<Expression> PartsOf(ScriptText text)
    {
        var parts = new List<Expression>();
        var literal = new StringBuilder();
        var position = 0;
        while (position < text.Length)
        {
            var character = text[position++];
            if (character == '\\')
            {
                literal.Append(position < text.Length ? text[position++].ToString() : "");
            }
            else if (character != '@')
            {
                literal.Append(character);
            }
            else if (CallSyntax.Parse(text, position, FunctionTable.ClauseCount) is { } call)
            {
                CheckName(text, position, call);
                Flush(literal, parts);
                parts.Add(FunctionTable.Compile(call, scope, this));
                position = call.End;
            }
            else
            {
                ReportOpenCall(text, position);
                break;
            }
        }

        Flush(literal, parts);
        return parts;
    }

    private static void Flush(StringBuilder literal, List<Expression> parts)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Literal(literal.ToString()));
            literal.Clear();
        }
    }

    private static string WordAt(ScriptText text, int start) =>
        string.Concat(text.Text.Skip(start).SkipWhile(char.IsWhiteSpace).TakeWhile(char.IsAsciiLetter));

    // The name of a call is everything up to the next parenthesis, so that @keep @hash(x) is one unknown call and keeps nothing.
    private void CheckName(ScriptText text, int start, CallSyntax call)
    {
        var word = WordAt(text, start);
        if (word != call.Name && FunctionTable.IsKnown(word))
        {
            scope.Faults.Fatal(call.At, $"@{word} has no parentheses and is no call; write @{word}()");
        }
    }

    private void ReportOpenCall(ScriptText text, int start)
    {
        var at = text.Locate(start - 1);
        var word = WordAt(text, start);
        if (text.Text.IndexOf('(', start) >= 0)
        {
            scope.Faults.Fatal(at, $"the call @{word}( has no end, and the original drops it and what follows; close it with )");
        }
        else if (FunctionTable.IsKnown(word))
        {
            scope.Faults.Fatal(at, $"@{word} has no parentheses and is no call; write @{word}()");
        }
        else
        {
            scope.Faults.Warn(at, "@ begins a function call, so what follows is dropped; write \\@ for the character itself, and @param(@NAME) for a parameter");
        }
    }
}
