using System.Buffers;
using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// Whether a value that the profile keeps is what its attribute is for. Words in a number or a time, or text where binary numbers
/// belong, are something that nobody expects there and the profile did not mean to keep.
/// </summary>
internal static class KeptValues
{
    // Wider than the VRs allow, because devices are: comma for point, colons in times, blanks.
    private static readonly SearchValues<byte> Numbers = SearchValues.Create("0123456789+-.,eE \\\0"u8);
    private static readonly SearchValues<byte> Times = SearchValues.Create("0123456789+-.: \\\0"u8);
    private static readonly SearchValues<byte> Ages = SearchValues.Create("0123456789DWMYdwmy \\\0"u8);

    /// <param name="element">As it was read.</param>
    /// <param name="vr">What the data dictionary says of its attribute.</param>
    public static bool AreOfTheirKind(ValueElement element, VR vr) => vr switch
    {
        VR.DS or VR.IS => HasOnly(element, Numbers),
        VR.DA or VR.DT or VR.TM => HasOnly(element, Times),
        VR.AS => HasOnly(element, Ages),
        _ => vr.IsText() || !element.VR.IsText(),
    };

    /// <summary>
    /// Whether a private value is what a list of safe ones describes. Makers write numbers under other VRs than the list has; words where
    /// the list has numbers are not on it.
    /// </summary>
    /// <param name="element">As it was read.</param>
    /// <param name="listed">The VR of the list.</param>
    public static bool AreAsListed(ValueElement element, VR listed) => listed switch
    {
        VR.SQ => false,
        VR.DS or VR.IS => element.VR.UnitSize() > 1 || HasOnly(element, Numbers),
        VR.AS or VR.TM => AreOfTheirKind(element, listed),
        _ when listed.UnitSize() > 1 => !element.VR.IsText() || HasOnly(element, Numbers),
        _ => element.VR == listed || element.VR == VR.UN || (element.VR.IsText() && listed.IsText()),
    };

    /// <summary>An age of more than 89 years, in whatever unit, as 090Y; any other as it is.</summary>
    public static string CappedAge(string age)
    {
        const int LastYear = 89;
        var text = age.Trim();
        if (text.Length == 0 || !int.TryParse(text.TrimEnd('D', 'W', 'M', 'Y', 'd', 'w', 'm', 'y'), out var number))
        {
            return age;
        }

        var years = char.ToUpperInvariant(text[^1]) switch { 'D' => number / 365.25, 'W' => number / 52.18, 'M' => number / 12.0, _ => number };
        return years >= LastYear + 1 ? "090Y" : age;
    }

    private static bool HasOnly(ValueElement element, SearchValues<byte> allowed) => !element.Value.ToMemory().Span.ContainsAnyExcept(allowed);
}
