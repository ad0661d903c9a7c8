namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>Functions that depend on something outside script and file.</summary>
internal static class LookupFunctions
{
    public static Expression Lookup(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count < 2)
        {
            return ElementFunctions.MissingArguments(call, scope, "@lookup(PatientID,keytype)");
        }

        var elements = JavaText.Split(call.Arguments[0], '|').Select(name => scope.Element(call, name)).ToArray();
        var keyType = call.Arguments[1];
        var foldsCase = call.Arguments.Count > 2 && call.Arguments[2] == "UC";
        var missing = Missing(call, scope);
        if (scope.Lookup is null)
        {
            scope.Faults.Warn(call.At, "@lookup has no table, so every key is missing; give one with --lookup FILE");
        }

        var table = scope.Lookup;
        return new Computed(run =>
        {
            var key = string.Join('|', elements.Select(element => element.Read(run) ?? "")).Replace("\\", "", StringComparison.Ordinal);
            key = foldsCase ? JavaText.ToUpper(key) : key;
            return table?.Find(keyType, key) is { } value ? Found(value, run) : missing(run, key);
        });
    }

    public static Expression Integer(CallSyntax call, CompileScope scope)
    {
        scope.Faults.Warn(call.At, "@integer counts originals in a table of its own, which would make results depend on the order of files, so files that reach it are refused; use @hashptid");
        return ElementFunctions.Refuse($"there is no integer table for the rule at line {call.At.Line} of the script");
    }

    public static Expression Call(CallSyntax call, CompileScope scope)
    {
        scope.Faults.Warn(call.At, "@call needs a plug-in of the original, so files that reach it are refused; replace the rule");
        return ElementFunctions.Refuse($"there are no plug-ins for the rule at line {call.At.Line} of the script");
    }

    private static string Found(string value, Evaluation run)
    {
        run.Produce(DirectiveText.In(value));
        return value;
    }

    private static Func<Evaluation, string, string> Missing(CallSyntax call, CompileScope scope)
    {
        var reason = $"a key of @lookup at line {call.At.Line} of the script is not in the lookup table";
        Func<Evaluation, string, string> refuse = (run, _) => run.Refuse(reason);
        var action = JavaText.Trim(call.Unquoted(2));
        if (action is "keep" or "remove" or "empty")
        {
            var directive = new Literal($"@{action}()");
            return (run, _) => directive.Evaluate(run);
        }

        if (action == "default" && call.Arguments.Count > 3)
        {
            var fallback = new Literal(JavaText.Trim(call.Unquoted(3)));
            return (run, _) => fallback.Evaluate(run);
        }

        if (action != "ignore" || call.Arguments.Count < 4)
        {
            return refuse;
        }

        var pattern = JavaPattern.Compile(call.Unquoted(3), call, scope);
        return (run, key) => pattern?.IsFullMatch(key, run) == true ? key : run.Refuse(reason);
    }
}
