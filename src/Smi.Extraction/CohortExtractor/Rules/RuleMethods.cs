using System.Globalization;

namespace Smi.Extraction.CohortExtractor.Rules;

/// <summary>The methods that rule files may call, and comparisons, as C# does them.</summary>
internal static class RuleMethods
{
    public static Func<object?[], object?>? FindStatic(string name, int arguments) => (name, arguments) switch
    {
        ("Convert.ToBoolean", 1) => values => ToBoolean(values[0]),
        ("Convert.ToInt32", 1) or ("Convert.ToDouble", 1) or ("int.Parse", 1) or ("double.Parse", 1) => values => ToNumber(values[0]),
        ("Convert.ToString", 1) => values => Text(values[0]),
        ("string.IsNullOrWhiteSpace", 1) or ("String.IsNullOrWhiteSpace", 1) => values => string.IsNullOrWhiteSpace(Text(values[0])),
        ("string.IsNullOrEmpty", 1) or ("String.IsNullOrEmpty", 1) => values => string.IsNullOrEmpty(Text(values[0])),
        _ => null,
    };

    public static Func<object?, object?[], object?>? FindMember(string name, int arguments) => (name, arguments) switch
    {
        ("ToString", 0) => (target, _) => Text(target),
        ("Trim", 0) => (target, _) => Text(target)?.Trim(),
        ("ToUpper", 0) or ("ToUpperInvariant", 0) => (target, _) => Text(target)?.ToUpperInvariant(),
        ("ToLower", 0) or ("ToLowerInvariant", 0) => (target, _) => Text(target)?.ToLowerInvariant(),
        ("Contains", 1) => (target, values) => Text(target)?.Contains(Needle(values), StringComparison.Ordinal) == true,
        ("StartsWith", 1) => (target, values) => Text(target)?.StartsWith(Needle(values), StringComparison.Ordinal) == true,
        ("EndsWith", 1) => (target, values) => Text(target)?.EndsWith(Needle(values), StringComparison.Ordinal) == true,
        ("Equals", 1) => (target, values) => Compare(target, "==", values[0]),
        _ => null,
    };

    public static bool Compare(object? left, string sign, object? right)
    {
        if (sign is "==" or "!=")
        {
            return AreEqual(left, right) == (sign == "==");
        }

        var order = ToNumber(left).CompareTo(ToNumber(right));
        return sign switch
        {
            "<" => order < 0,
            ">" => order > 0,
            "<=" => order <= 0,
            _ => order >= 0,
        };
    }

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string or bool, _) or (_, string or bool) => Text(left) == Text(right),
        _ => ToNumber(left).Equals(ToNumber(right)),
    };

    // Convert.ToBoolean: null is false, numbers but zero are true, and of texts only True and False.
    private static bool ToBoolean(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => bool.Parse(text),
        _ => ToNumber(value) != 0,
    };

    private static double ToNumber(object? value) => value is null ? 0 : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string? Text(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static string Needle(object?[] values) => Text(values[0]) ?? throw new InvalidOperationException("a text of the rule file is null");
}
