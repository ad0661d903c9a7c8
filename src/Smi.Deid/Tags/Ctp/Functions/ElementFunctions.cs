namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>Functions that decide about an attribute as a whole.</summary>
internal static class ElementFunctions
{
    public static Expression Refuse(string reason) => new Computed(run => run.Refuse(reason));

    /// <summary>For a call without the arguments it needs: the original fails on every file.</summary>
    public static Expression MissingArguments(CallSyntax call, CompileScope scope, string form)
    {
        scope.Faults.Fatal(call.At, $"@{call.Name} lacks an argument and every file would be refused; write {form}");
        return Refuse($"@{call.Name} lacks an argument at line {call.At.Line} of the script");
    }

    /// <summary>For a call whose argument list the original writes as text.</summary>
    public static Expression ArgumentsAsText(CallSyntax call, CompileScope scope, string form)
    {
        scope.Faults.Warn(call.At, $"@{call.Name}{call.ArgumentText} cannot be executed and its arguments are written as text; write {form}");
        return new Literal(call.ArgumentText);
    }

    public static Expression Process() => new Computed(run =>
    {
        run.ProcessesItems = true;
        run.Produce(Directives.Keep);
        return DirectiveText.Keep;
    });

    public static Expression Require(CallSyntax call, CompileScope scope)
    {
        var source = call.Arguments.Count > 0 ? scope.Element(call, call.Unquoted(0).Length == 0 ? "this" : call.Arguments[0]) : null;
        var fallback = call.Unquoted(1);
        var directives = DirectiveText.In(fallback) | Directives.Keep | Directives.Blank;
        return new Computed(run =>
        {
            run.Produce(directives);
            return run.Contains(run.This) ? DirectiveText.Keep : source is null ? "" : Replacement(source, fallback, run);
        });
    }

    private static string Replacement(ElementReference source, string fallback, Evaluation run)
    {
        var value = source.FindTag(run) is { } tag && run.Contains(tag) ? run.TextOf(tag) ?? "" : fallback;
        return JavaText.Trim(value).Length == 0 ? $"{DirectiveText.Blank}{value.Length})" : value;
    }
}
