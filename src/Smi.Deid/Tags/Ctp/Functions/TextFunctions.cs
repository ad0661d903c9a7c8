using System.Globalization;

namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>Functions that take a value and give text.</summary>
internal static class TextFunctions
{
    public static Expression Contents(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count == 0)
        {
            return ElementFunctions.MissingArguments(call, scope, "@contents(Name)");
        }

        var element = scope.Element(call, 0);
        if (call.Arguments.Count == 1)
        {
            return new Computed(run => element.Read(run) ?? "");
        }

        if (call.Arguments.Count > 3)
        {
            scope.Faults.Warn(call.At, "@contents with more than three arguments is always empty; put quotes around an expression with commas");
            return Literal.Empty;
        }

        if (JavaPattern.Compile(call.Unquoted(1), call, scope) is not { } pattern || !pattern.TryReplaceWith(call.Unquoted(2), call, scope))
        {
            return ElementFunctions.Refuse($"the expression at line {call.At.Line} of the script is wrong");
        }

        return new Computed(run =>
        {
            run.Produce(pattern.Directives);
            return pattern.Replace(element.Read(run) ?? "", run);
        });
    }

    public static Expression Value(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count == 0)
        {
            return ElementFunctions.MissingArguments(call, scope, "@value(Name,\"default\")");
        }

        var element = scope.Element(call, 0);
        var fallback = new Literal(call.Unquoted(1));
        return new Computed(run => element.Read(run) is { Length: > 0 } value ? value : fallback.Evaluate(run));
    }

    public static Expression Truncate(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count == 0)
        {
            return ElementFunctions.MissingArguments(call, scope, "@truncate(Name,length)");
        }

        var element = scope.Element(call, 0);
        if (call.Arguments.Count == 1 || JavaText.ParseInt(call.Arguments[1]) is not { } length)
        {
            scope.Faults.Fatal(call.At, "@truncate without a whole number lets the whole value through; write @truncate(Name,length)");
            return new Computed(run => element.Read(run) ?? "");
        }

        return new Computed(run => Truncated(element.Read(run) ?? "", length));
    }

    public static Expression LowerCase(CallSyntax call, CompileScope scope) =>
        OfOne(call, scope, value => value.ToLowerInvariant());

    public static Expression UpperCase(CallSyntax call, CompileScope scope) => OfOne(call, scope, JavaText.ToUpper);

    public static Expression Initials(CallSyntax call, CompileScope scope)
    {
        var offset = call.Arguments.Count > 1 ? JavaText.ParseInt(call.Arguments[1]) ?? 0 : 0;
        return OfOne(call, scope, value => Rotated(InitialsOf(value), offset));
    }

    public static Expression PathElement(CallSyntax call, CompileScope scope)
    {
        var index = call.Arguments.Count > 1 ? JavaText.ParseInt(call.Arguments[1]) : null;
        if (index is null)
        {
            scope.Faults.Fatal(call.At, "@pathelement without a whole number lets the whole value through; write @pathelement(Name,index)");
        }

        return OfOne(call, scope, value => PartOf(value, index ?? int.MaxValue));
    }

    public static Expression Parameter(CallSyntax call, CompileScope scope) =>
        call.Arguments.Count == 0
            ? ElementFunctions.MissingArguments(call, scope, "@param(@NAME)")
            : new Literal(scope.Parameter(call, 0) ?? "null");

    public static Expression Round(CallSyntax call, CompileScope scope)
    {
        const string Form = "@round(PatientAge,years)";
        if (call.Arguments.Count < 2 || JavaText.ParseInt(scope.Parameter(call, 1)) is not { } width)
        {
            return ElementFunctions.ArgumentsAsText(call, scope, Form);
        }

        var element = scope.Element(call, 0);
        return new Computed(run => Rounded(JavaText.Trim(element.Read(run) ?? ""), width) ?? call.ArgumentText);
    }

    private static Expression OfOne(CallSyntax call, CompileScope scope, Func<string, string> change)
    {
        if (call.Arguments.Count == 0)
        {
            return ElementFunctions.MissingArguments(call, scope, $"@{call.Name}(Name)");
        }

        var element = scope.Element(call, 0);
        return new Computed(run => change(element.Read(run) ?? ""));
    }

    private static string Truncated(string value, int length)
    {
        if (length >= 0)
        {
            return value[..Math.Min(value.Length, length)];
        }

        value = JavaText.Trim(value);
        return value[Math.Max(0, value.Length + length)..];
    }

    private static string PartOf(string value, int index)
    {
        var parts = JavaText.Split(value, '/');
        index = index < 0 ? parts.Length + index : index;
        return index >= 0 && index < parts.Length ? parts[index] : value;
    }

    // The family name comes first in a person name and last in initials.
    private static string InitialsOf(string name)
    {
        var letters = string.Concat(name.Split(['^', ',', ' ', '\t', '\n', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(word => word[0]));
        return letters.Length == 0 ? "X" : JavaText.ToUpper(letters[1..] + letters[0]);
    }

    private static string Rotated(string text, int offset) => string.Concat(text.Select(character => character switch
    {
        >= 'a' and <= 'z' => Rotated(character, 'a', 26, offset),
        >= 'A' and <= 'Z' => Rotated(character, 'A', 26, offset),
        >= '0' and <= '9' => Rotated(character, '0', 10, offset),
        _ => character,
    }));

    private static char Rotated(char character, char first, int count, int offset) =>
        (char)(first + ((((character - first + (offset % count)) % count) + count) % count));

    // Null when there is no number in the value.
    private static string? Rounded(string age, int width)
    {
        if (age.Length == 0)
        {
            return "";
        }

        var digits = string.Concat(age.Where(char.IsAsciiDigit));
        if (!float.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var bins = (int)Math.Floor((number / width) + 0.5);
        var result = unchecked(bins * width).ToString(CultureInfo.InvariantCulture) + string.Concat(age.Where(character => !char.IsAsciiDigit(character)));
        return (result.Length & 1) == 1 ? "0" + result : result;
    }
}
