using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>A row of PS3.15 table E.1-1: the code of the Basic Profile and of each option, as printed.</summary>
internal sealed record ProfileRow(
    DicomTag Tag, string Name, string Basic, string CleanDescriptors, string CleanStructuredContent, string FullDates, string ModifiedDates,
    string Uids, string PatientCharacteristics, string DeviceIdentity, string InstitutionIdentity, string CleanGraphics, string Source)
{
    /// <param name="source">Which table the row is from, for explanations.</param>
    public static ProfileRow Parse(string[] cells, DicomTag tag, string source) =>
        new(tag, cells[1], cells[2], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10], cells[11], cells[12], source);
}
