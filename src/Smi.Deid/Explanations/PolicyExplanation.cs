using Smi.Deid.Tags.Profile;
using Smi.Dicom;

namespace Smi.Deid.Explanations;

/// <summary>A tag policy in plain sentences, one for each rule.</summary>
public static class PolicyExplanation
{
    public static IEnumerable<string> Of(DeidPolicy policy) => policy.Script?.Explain() ?? OfProfile(policy);

    private static IEnumerable<string> OfProfile(DeidPolicy policy)
    {
        var table = new ProfileTable(policy.Retain, policy.Clean.HasFlag(CleanOptions.Descriptors));
        foreach (var tag in ProfileTable.Listed.Order())
        {
            yield return $"{tag} {DicomDictionary.Find(tag)?.Name}: {What(tag, table.RuleFor(tag).Action)}. {ProfileReasons.Sentence(table.RuleFor(tag))}";
        }

        yield return policy.Retain.HasFlag(RetainOptions.SafePrivate)
            ? "Private attributes: kept where the list of safe ones has them under the creator of their block, with their creators; all others removed. PS3.15 E.3.10"
            : "Private attributes: removed. PS3.15 table E.1-1, Basic Profile X";
        yield return "Attributes that the table does not list: names of persons, AE titles and addresses of resources removed; dates as the options say; UIDs of instances replaced; texts cleaned; others kept when their value is of their kind.";
        yield return "Group lengths, curves, icon images, attributes that the dictionary does not know, what follows the data set: removed.";
    }

    private static string What(DicomTag tag, ProfileAction action) => action switch
    {
        _ when tag == DicomTags.PatientName || tag == DicomTags.PatientId => "replaced by the patient's pseudonym",
        ProfileAction.Remove => "removed",
        ProfileAction.Empty => "emptied",
        ProfileAction.Dummy => "replaced by a value that says nothing; a date by one that fits the patient's other dates",
        ProfileAction.Keep when DicomDictionary.Find(tag)?.VR == VR.SQ => "kept, and its items are treated",
        ProfileAction.Keep => "kept",
        ProfileAction.ReplaceUid => "replaced by a UID of our own",
        ProfileAction.CleanText => "cleaned of what identifies",
        ProfileAction.CleanKnown => "cleaned of what the header knows",
        _ => "moved by the patient's number of days",
    };
}
