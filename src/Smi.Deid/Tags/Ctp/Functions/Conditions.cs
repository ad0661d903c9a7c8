namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>Functions with clauses.</summary>
internal static class Conditions
{
    private delegate bool Test(Evaluation run);

    private static readonly string[] Names = ["isblank", "exists", "equals", "contains", "matches", "greaterthan"];

    public static Expression If(CallSyntax call, CompileScope scope, TemplateParser parser)
    {
        var (whenTrue, whenFalse) = Clauses(call, scope, parser);
        var test = TestOf(call, scope);
        return new Computed(run => (test(run) ? whenTrue : whenFalse).Evaluate(run));
    }

    public static Expression Select(CallSyntax call, CompileScope scope, TemplateParser parser)
    {
        var (atRoot, inItems) = Clauses(call, scope, parser);
        return new Computed(run => (run.Depth == 0 ? atRoot : inItems).Evaluate(run));
    }

    public static Expression Append(CallSyntax call, CompileScope scope, TemplateParser parser)
    {
        if (call.Clauses.Count == 0)
        {
            scope.Faults.Fatal(call.At, "@append lacks its clause, so what follows is dropped; write @append(){text}");
        }

        var clause = call.Clauses is [var text] ? parser.Parse(text) : Literal.Empty;
        return new Computed(run =>
        {
            var value = clause.Evaluate(run);
            return run.HasValue(run.This) ? $"{run.TextOf(run.This) ?? "null"}\\{value}" : value;
        });
    }

    private static (Expression First, Expression Second) Clauses(CallSyntax call, CompileScope scope, TemplateParser parser)
    {
        if (call.Clauses.Count == 0)
        {
            scope.Faults.Fatal(call.At, $"@{call.Name} lacks its clauses, so what follows is dropped; write @{call.Name}(…){{one}}{{other}}");
        }
        else if (call.Clauses.Count == 1)
        {
            scope.Faults.Warn(call.At, $"@{call.Name} has one clause, so its other result is empty and what follows is dropped; write {{one}}{{other}}");
        }

        return (call.Clauses.Count > 0 ? parser.Parse(call.Clauses[0]) : Literal.Empty, call.Clauses.Count > 1 ? parser.Parse(call.Clauses[1]) : Literal.Empty);
    }

    private static Test TestOf(CallSyntax call, CompileScope scope)
    {
        var condition = call.Arguments.Count > 1 ? call.Arguments[1] : "";
        if (!Names.Contains(condition) || (call.Arguments.Count < 3 && condition is not ("isblank" or "exists")))
        {
            ReportNeverTrue(call, condition, scope);
            return _ => false;
        }

        var name = call.Unquoted(0);
        var element = scope.Element(call, name.Length == 0 ? "this" : name);
        return condition switch
        {
            "isblank" => run => name.Length == 0 || JavaText.Trim(element.Read(run) ?? "").Length == 0,
            "exists" => run => element.FindTag(run) is { } tag && run.Contains(tag),
            "matches" => Matches(call, element, scope),
            "greaterthan" => GreaterThan(element, Argument(call, scope)),
            "equals" => EqualTo(element, Argument(call, scope)),
            _ => Contains(element, Argument(call, scope)),
        };
    }

    // A test that is never true lets the second clause decide alone.
    private static void ReportNeverTrue(CallSyntax call, string condition, CompileScope scope)
    {
        var near = Spelling.Nearest(condition, Names);
        var message = Names.Contains(condition)
            ? $"\"{condition}\" lacks what to compare with, so the test is never true; write @if(Name,{condition},\"text\")"
            : $"\"{condition}\" is no test, so it is never true; {(near is null ? $"tests are {string.Join(", ", Names)}" : $"did you mean {near}?")}";
        var letsThrough = call.Clauses is [_, var second]
            && (second.Text.Contains("@keep", StringComparison.Ordinal) || second.Text.Contains("(this", StringComparison.Ordinal));
        if (letsThrough)
        {
            scope.Faults.Fatal(call.At, message);
        }
        else
        {
            scope.Faults.Warn(call.At, message);
        }
    }

    private static string Argument(CallSyntax call, CompileScope scope)
    {
        var argument = call.Unquoted(2);
        return argument.StartsWith('@') ? scope.Parameter(call, 2) ?? argument : argument;
    }

    private static Test Matches(CallSyntax call, ElementReference element, CompileScope scope)
    {
        if (JavaPattern.Compile(JavaText.Trim(Argument(call, scope)), call, scope) is { } pattern)
        {
            return run => pattern.IsFullMatch(element.Read(run) ?? "", run);
        }

        return run => run.Refuse($"the expression at line {call.At.Line} of the script is wrong").Length > 0;
    }

    private static Test GreaterThan(ElementReference element, string argument)
    {
        var limit = DigitsOf(argument);
        return run => DigitsOf(element.Read(run) ?? "") > limit;
    }

    private static Test EqualTo(ElementReference element, string argument) =>
        run => string.Equals((element.Read(run) ?? "").ToLowerInvariant(), argument.ToLowerInvariant(), StringComparison.Ordinal);

    private static Test Contains(ElementReference element, string argument) =>
        run => (element.Read(run) ?? "").ToLowerInvariant().Contains(argument.ToLowerInvariant(), StringComparison.Ordinal);

    private static int DigitsOf(string text) => JavaText.ParseInt(string.Concat(text.Where(char.IsAsciiDigit))) ?? 0;
}
