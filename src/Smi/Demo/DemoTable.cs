using Smi.Deid.Samples;
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

    public static void Print(string before, string after, IReadOnlyList<SampleFile> files)
    {
        var name = files[0].RelativePath;
        if (!File.Exists(Path.Combine(after, name)))
        {
            return;
        }

        using var original = DicomFile.Open(Path.Combine(before, name));
        using var output = DicomFile.Open(Path.Combine(after, name));
        var table = new Table().AddColumns("attribute", "before", "after");
        foreach (var tag in Shown)
        {
            table.AddRow(DicomDictionary.Find(tag)?.Keyword ?? tag.ToString(), Cell(original, tag), Cell(output, tag));
        }

        AnsiConsole.Write(table);
    }

    private static string Cell(DicomFile file, DicomTag tag) => Markup.Escape(file.DataSet.GetString(tag) ?? "(removed)");
}
