using Smi.Deid.Tags.Profile;
using Smi.Dicom;

namespace Smi.Deid.Explanations;

/// <summary>Reasons of the PS3.15 profile under its options.</summary>
internal sealed class ProfileReasons(DeidPolicy policy) : IRuleReasons
{
    private readonly ProfileTable table = new(policy.Retain, policy.Clean.HasFlag(CleanOptions.Descriptors));

    public string Of(DicomElement element, DicomDataSet original) => element.Tag switch
    {
        { IsPrivateCreator: true } => "a private creator stays with what stays of its block (PS3.15 E.3.10)",
        { IsPrivate: true } => Private(element, original),
        var tag when tag == DicomTags.PatientName || tag == DicomTags.PatientId => "becomes the patient's pseudonym (PS3.15 table E.1-1, Basic Profile Z)",
        var tag => Sentence(table.RuleFor(tag)),
    };

    /// <summary>A rule of the table with the clause it comes from.</summary>
    public static string Sentence(ProfileRule rule) => rule.Because switch
    {
        var because when because.StartsWith("Basic Profile", StringComparison.Ordinal) => $"PS3.15 table E.1-1, {because}",
        var because when because.StartsWith("Retain", StringComparison.Ordinal) || because.StartsWith("Clean", StringComparison.Ordinal) => $"PS3.15 table E.1-1, option {because} (E.3)",
        var because => because,
    };

    private string Private(DicomElement element, DicomDataSet original) =>
        !policy.Retain.HasFlag(RetainOptions.SafePrivate) ? "private attributes are removed (PS3.15 table E.1-1, Basic Profile X)"
        : policy.SafePrivate.Find(original, element.Tag) is { } known ? $"on the list of safe private attributes under its creator, {KindOf(known)} (PS3.15 E.3.10)"
        : "not on the list of safe private attributes under its creator (PS3.15 E.3.10)";

    private static string KindOf(SafePrivateAttribute known) => known.Kind switch
    {
        SafePrivateKind.Date => "a date",
        SafePrivateKind.Uid => "a UID",
        _ => $"of VR {known.VR.Letters()}",
    };
}
