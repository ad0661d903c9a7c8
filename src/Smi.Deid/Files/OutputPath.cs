using Smi.Dicom;

namespace Smi.Deid.Files;

/// <summary>Where the output of a job goes.</summary>
internal static class OutputPath
{
    /// <summary>Null when there is no safe path.</summary>
    public static ConfinedPath? Of(DeidJob job, DicomDataSet edited)
    {
        var output = job.Output ?? job.OutputRoot?.Find(ByUid(edited));
        return output is not null && output.Root.IsFreeOfLinks(output.Folder) ? output : null;
    }

    private static string ByUid(DicomDataSet edited) =>
        string.Join('/', Part(edited, DicomTags.StudyInstanceUid), Part(edited, DicomTags.SeriesInstanceUid), Part(edited, DicomTags.SopInstanceUid) + ".dcm");

    // Whatever the file says, a part of a path is digits and dots; anything else would be a way out or a name.
    private static string Part(DicomDataSet edited, DicomTag tag) =>
        edited.GetString(tag) is { Length: > 0 and <= 64 } uid && uid.All(character => char.IsAsciiDigit(character) || character == '.') && uid.Any(char.IsAsciiDigit)
            ? uid
            : "..";
}
