using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Pixels.Regions;

/// <summary>The rule files that hospitals have, where they lie beside the repository.</summary>
public sealed class SharedRuleTests
{
    [Fact]
    public void Loads_the_rule_files_of_other_programs_unchanged()
    {
        foreach (var path in Files("deid").Concat(Files("ctp-pixel")).Concat(Files("dicompixelanon").Where(path => Path.GetFileName(path).StartsWith("deid.", StringComparison.Ordinal))))
        {
            Assert.InRange(RegionRules.Load([path]).Count, 1, int.MaxValue);
        }
    }

    /// <summary>What the files say, read by eye: image, then the boxes that are blanked.</summary>
    public static TheoryData<string, string, string> Acts => new()
    {
        { "dicompixelanon/deid.dicom.smi", "Modality=XA;ManufacturerModelName=ZiehmNetPort;Rows=1024;Columns=1024", "0,0,197,149 0,940,190,1007 706,0,1024,67" },
        { "dicompixelanon/deid.dicom.smi", "Modality=XA;ManufacturerModelName=ZiehmNetPort;Rows=576;Columns=576", "0,0,111,84 0,529,107,567 397,0,576,38" },
        { "dicompixelanon/deid.dicom.smi", "Modality=XA;ManufacturerModelName=Other;Rows=576;Columns=576", "" },
        { "ctp-pixel/DicomPixelAnonymizer.script", "SeriesDescription=Dose Report;Rows=512;Columns=512", "0,0,512,111" },
        { "ctp-pixel/DicomPixelAnonymizer.script", "ImageType=DERIVED\\VOLREN;Rows=512;Columns=512", "350,0,512,31 390,80,512,96" },
        { "ctp-pixel/DicomPixelAnonymizer.script", "BurnedInAnnotation=YES;Manufacturer=GE MEDICAL SYSTEMS;Rows=512;Columns=512", "0,0,512,26" },
        { "ctp-pixel/DicomPixelAnonymizer.script", "BurnedInAnnotation=YES;Manufacturer=Acme;Rows=512;Columns=512", "" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public void Acts_as_the_file_says(string file, string attributes, string expected)
    {
        var (folder, name) = (Path.GetDirectoryName(file) ?? "", Path.GetFileName(file));
        if (Files(folder).FirstOrDefault(path => Path.GetFileName(path) == name) is not { } path)
        {
            return;
        }

        var image = new DicomDataSet();
        foreach (var (keyword, value) in attributes.Split(';').Select(part => part.Split('=')).Select(parts => (parts[0], parts[1])))
        {
            var entry = DicomDictionary.FindKeyword(keyword);
            Assert.NotNull(entry);
            if (entry.VR == VR.US)
            {
                image.SetUInt16(entry.Tag, ushort.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                image.SetString(entry.Tag, entry.VR, value);
            }
        }

        var regions = RegionRules.Load([path]).Match(image, null, null, image.GetInt32(DicomTags.Columns) ?? 0, image.GetInt32(DicomTags.Rows) ?? 0);

        Assert.Equal(expected, string.Join(' ', regions.Select(region => $"{region.Box.Left},{region.Box.Top},{region.Box.Right},{region.Box.Bottom}")));
    }

    [Fact]
    public void Allows_what_the_allow_list_of_dicompixelanon_should_match_and_nothing_that_it_should_not()
    {
        var folder = Files("dicompixelanon").ToDictionary(path => Path.GetFileName(path));
        if (folder.Count == 0)
        {
            return;
        }

        var list = OcrAllowList.Load(folder["ocr_allowlist_regex.txt"]);

        Assert.Empty(list.Findings);
        Assert.All(File.ReadLines(folder["should_match.txt"]), text => Assert.True(list.Allows(text), text));
        Assert.All(File.ReadLines(folder["should_not_match.txt"]), text => Assert.False(list.Allows(text), text));
    }

    private static IReadOnlyList<string> Files(string folder) => SharedFiles.In(Path.Combine("rules", folder));
}
