using Smi.Dicom;
using Spectre.Console;

namespace Smi.Demo;

/// <summary>Some attributes of one invented patient before and after.</summary>
internal static class DemoTable
{
    private static readonly DicomTag[] Shown =
    [
        DicomTags.PatientName, DicomTags.PatientId, DicomTags.PatientBirthDate, DicomTags.AccessionNumber, DicomTags.InstitutionName,
        DicomTags.ReferringPhysicianName, DicomTags.StudyDate, DicomTags.StudyDescription, DicomTags.StudyInstanceUid, DicomTags.Modality,
    ];

    public static void Print(DemoFile file)
    {
        using var original = DicomFile.Open(file.Before);
        using var output = DicomFile.Open(file.After);
        var table = new Table().RoundedBorder().AddColumns("attribute", "before", "after");
        foreach (var tag in Shown)
        {
            table.AddRow(DicomDictionary.Find(tag)?.Keyword ?? tag.ToString(), Cell(original, tag), Cell(output, tag));
        }

        AnsiConsole.Write(table);
    }

    private static string Cell(DicomFile file, DicomTag tag) => Markup.Escape(file.DataSet.GetString(tag) ?? "(removed)");
}
