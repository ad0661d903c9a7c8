using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// The value of a recipe's criterion: an expression, found anywhere or matched whole, in which case does not matter. What cannot be used as an
/// expression is looked for as it is written.
/// </summary>
internal sealed class RulePattern(string text)
{
    private readonly RuleExpression? _anywhere = RuleExpression.Parse(text, isWhole: false, ignoresCase: true);
    private readonly RuleExpression? _whole = RuleExpression.Parse(text, isWhole: true, ignoresCase: true);

    /// <summary>The text is no expression that can be used.</summary>
    public bool IsLiteral => _whole is null;

    public bool IsIn(string value) =>
        value.Contains(text, StringComparison.OrdinalIgnoreCase) || Matches(_anywhere, value);

    public bool Is(string value) =>
        value.Equals(text, StringComparison.OrdinalIgnoreCase) || Matches(_whole, value) || IsSameNumber(value);

    /// <summary>A rule that cannot be told to hold or not refuses the file.</summary>
    private static bool Matches(RuleExpression? expression, string value) =>
        expression is not null && (expression.Matches(value) ?? throw new DicomFormatException("an expression of a region rule takes too long to compare"));

    private bool IsSameNumber(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted)
        && number.Equals(wanted);
}
