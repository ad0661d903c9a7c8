using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>What is known of one private attribute.</summary>
/// <param name="VR">Its VR as the table has it.</param>
/// <param name="Kind">What happens to its value.</param>
internal readonly record struct SafePrivateAttribute(VR VR, SafePrivateKind Kind)
{
    /// <summary>What the VR alone says: dates are moved or removed and UIDs replaced, as outside private blocks.</summary>
    public static SafePrivateAttribute Of(VR vr) => new(vr, vr switch
    {
        VR.DA or VR.DT => SafePrivateKind.Date,
        VR.UI => SafePrivateKind.Uid,
        _ => SafePrivateKind.Keep,
    });
}
