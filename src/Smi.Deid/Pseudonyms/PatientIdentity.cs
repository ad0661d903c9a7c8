using System.Text.RegularExpressions;
using Smi.Dicom;

namespace Smi.Deid.Pseudonyms;

/// <summary>
/// Whose file it is: Patient ID and issuer after trimming and folding of blanks and case; a file without Patient ID belongs to
/// its study. Not a record: it holds the patient's ID.
/// </summary>
public sealed partial class PatientIdentity
{
    private PatientIdentity(string key) => Key = key;

    /// <summary>Equal for files of one patient.</summary>
    internal string Key { get; }

    public static PatientIdentity Of(DicomDataSet original)
    {
        var id = original.GetString(DicomTags.PatientId);
        return string.IsNullOrWhiteSpace(id)
            ? new PatientIdentity("study:" + (original.GetString(DicomTags.StudyInstanceUid) ?? ""))
            : ForId(id, original.GetString(DicomTags.IssuerOfPatientId));
    }

    /// <summary>The patient of an ID that stands anywhere, with the issuer that goes with it or null.</summary>
    public static PatientIdentity ForId(string id, string? issuer) => new($"id:{Fold(id)}\n{Fold(issuer ?? "")}");

    private static string Fold(string text) => Blanks().Replace(text.Trim(), " ").ToUpperInvariant();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
