using Smi.Deid.Tags.Ctp.Functions;

namespace Smi.Deid.Tags.Ctp;

/// <summary>The functions of the language. What is not here stays text, as in the original, and is reported.</summary>
internal static class FunctionTable
{
    private delegate Expression Compiler(CallSyntax call, CompileScope scope, TemplateParser parser);

    private static readonly Dictionary<string, Compiler> Functions = new(StringComparer.Ordinal)
    {
        ["contents"] = (call, scope, _) => TextFunctions.Contents(call, scope),
        ["value"] = (call, scope, _) => TextFunctions.Value(call, scope),
        ["truncate"] = (call, scope, _) => TextFunctions.Truncate(call, scope),
        ["lowercase"] = (call, scope, _) => TextFunctions.LowerCase(call, scope),
        ["uppercase"] = (call, scope, _) => TextFunctions.UpperCase(call, scope),
        ["initials"] = (call, scope, _) => TextFunctions.Initials(call, scope),
        ["pathelement"] = (call, scope, _) => TextFunctions.PathElement(call, scope),
        ["param"] = (call, scope, _) => TextFunctions.Parameter(call, scope),
        ["round"] = (call, scope, _) => TextFunctions.Round(call, scope),
        ["hash"] = (call, scope, _) => HashFunctions.Hash(call, scope),
        ["hashptid"] = (call, scope, _) => HashFunctions.HashPatientId(call, scope),
        ["hashname"] = (call, scope, _) => HashFunctions.HashName(call, scope),
        ["hashuid"] = (call, scope, _) => HashFunctions.HashUid(call, scope),
        ["encrypt"] = (call, scope, _) => CipherFunctions.Encrypt(call, scope),
        ["decrypt"] = (call, scope, _) => CipherFunctions.Decrypt(call, scope),
        ["incrementdate"] = (call, scope, _) => DateFunctions.IncrementDate(call, scope),
        ["modifydate"] = (call, scope, _) => DateFunctions.ModifyDate(call, scope),
        ["hashdate"] = (call, scope, _) => DateFunctions.HashDate(call, scope),
        ["dateinterval"] = (call, scope, _) => DateFunctions.DateInterval(call, scope),
        ["date"] = (call, _, _) => DateFunctions.Date(call),
        ["time"] = (call, _, _) => DateFunctions.Time(call),
        ["if"] = Conditions.If,
        ["select"] = Conditions.Select,
        ["append"] = Conditions.Append,
        ["always"] = (_, _, _) => Literal.Empty,
        ["require"] = (call, scope, _) => ElementFunctions.Require(call, scope),
        ["process"] = (_, _, _) => ElementFunctions.Process(),
        ["lookup"] = (call, scope, _) => LookupFunctions.Lookup(call, scope),
        ["integer"] = (call, scope, _) => LookupFunctions.Integer(call, scope),
        ["call"] = (call, scope, _) => LookupFunctions.Call(call, scope),
        ["quarantine"] = (call, _, _) => ElementFunctions.Refuse($"the script quarantines this file at line {call.At.Line}"),
        ["skip"] = (call, _, _) => ElementFunctions.Refuse($"the script skips this file at line {call.At.Line}"),
    };

    public static bool IsKnown(string name) => Functions.ContainsKey(name) || DirectiveText.Names.Contains(name);

    public static int ClauseCount(string name) => name switch { "if" or "select" => 2, "append" => 1, _ => 0 };

    public static Expression Compile(CallSyntax call, CompileScope scope, TemplateParser parser)
    {
        if (Functions.TryGetValue(call.Name, out var compile))
        {
            return compile(call, scope, parser);
        }

        if (!DirectiveText.Names.Contains(call.Name))
        {
            var near = Spelling.Nearest(call.Name, Functions.Keys.Concat(DirectiveText.Names));
            scope.Faults.Warn(call.At, $"unknown function '@{call.Name}' is written as text; {(near is null ? "write \\@ if that is meant" : $"did you mean '@{near}'?")}");
        }
        else if (call.Name != "blank" && call.Arguments.Count > 0)
        {
            scope.Faults.Fatal(call.At, $"@{call.Name} takes no arguments and is written as text; write @{call.Name}()");
        }

        return new Literal("@" + call.Name + call.ArgumentText);
    }
}
