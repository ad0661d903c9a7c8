using System.Globalization;
using System.Text.RegularExpressions;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// The value of a recipe's criterion: an expression, found anywhere or matched whole, in which case does not matter. The engine does not
/// backtrack, so that no rule file can make it slow; what it cannot take is looked for as it is written.
/// </summary>
internal sealed class RulePattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly string _text;
    private readonly Regex? _anywhere;
    private readonly Regex? _whole;

    public RulePattern(string text)
    {
        _text = text;
        try
        {
            _anywhere = new Regex(text, Options);
            _whole = new Regex($@"\A(?:{text})\z", Options);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            IsLiteral = true;
        }
    }

    /// <summary>The text is no expression that the engine can take.</summary>
    public bool IsLiteral { get; }

    public bool IsIn(string value) =>
        value.Contains(_text, StringComparison.OrdinalIgnoreCase) || _anywhere?.IsMatch(value) == true;

    public bool Is(string value) =>
        value.Equals(_text, StringComparison.OrdinalIgnoreCase) || _whole?.IsMatch(value) == true || IsSameNumber(value);

    private bool IsSameNumber(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted)
        && number.Equals(wanted);
}
