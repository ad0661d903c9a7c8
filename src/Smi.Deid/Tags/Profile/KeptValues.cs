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

    private static bool HasOnly(ValueElement element, SearchValues<byte> allowed) => !element.Value.ToMemory().Span.ContainsAnyExcept(allowed);
}
