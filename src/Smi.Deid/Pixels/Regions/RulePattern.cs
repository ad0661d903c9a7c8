using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// The value of a recipe's criterion: an expression, found anywhere or matched whole, in which case does not matter. What cannot be used as an
/// expression is looked for as it is written.
/// </summary>
internal sealed class RulePattern(string text)
{
    private readonly RuleExpression? _anywhere = RuleExpression.Parse(text, isWhole: false, ignoresCase: true, looksAround: true);
    private readonly RuleExpression? _whole = RuleExpression.Parse(text, isWhole: true, ignoresCase: true, looksAround: true);

    /// <summary>The text is no expression that can be used.</summary>
    public bool IsLiteral => _whole is null;

    public bool IsIn(string value) =>
        value.Contains(text, StringComparison.OrdinalIgnoreCase) || (_anywhere is not null && Matches(_anywhere, value));

    public bool Is(string value) =>
        value.Equals(text, StringComparison.OrdinalIgnoreCase) || (_whole is not null && Matches(_whole, value)) || (Number(value) is { } number && number == Number(text));

    /// <summary>A rule that cannot be told to hold or not refuses the file.</summary>
    public static bool Matches(RuleExpression expression, string value) =>
        expression.Matches(value) ?? throw new DicomFormatException("an expression of a region rule takes too long to compare");

    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
