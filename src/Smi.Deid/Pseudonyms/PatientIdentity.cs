using Smi.Dicom;

namespace Smi.Deid.Pseudonyms;

/// <summary>
/// Whose file it is: the Patient ID after trimming and folding of blanks and case, with its issuer where the policy says that issuers
/// separate patients; a file without Patient ID belongs to its study. Not a record: it holds the patient's ID.
/// </summary>
public sealed class PatientIdentity
{
    private PatientIdentity(string key) => Key = key;

    /// <summary>Equal for files of one patient.</summary>
    internal string Key { get; }

    public static PatientIdentity Of(DicomDataSet original, DeidPolicy policy) =>
        OfItem(original, policy) ?? new PatientIdentity("study:" + (original.GetString(DicomTags.StudyInstanceUid) ?? ""));

    /// <summary>The patient whose ID stands in this data set or item; null when none does.</summary>
    public static PatientIdentity? OfItem(DicomDataSet original, DeidPolicy policy)
    {
        var id = original.GetString(DicomTags.PatientId);
        var issuer = policy.IssuerSeparatesPatients ? original.GetString(DicomTags.IssuerOfPatientId) : null;
        return string.IsNullOrWhiteSpace(id) ? null : new PatientIdentity($"id:{PatientIdText.Fold(id)}\n{PatientIdText.Fold(issuer ?? "")}");
    }
}
