using Smi.Deid.Samples;
using Smi.Dicom;

namespace Smi.Deid.Tests.Samples;

public sealed class SampleHospitalTests
{
    private static readonly IReadOnlyList<SampleFile> Files = SampleHospital.Make(1);

    [Fact]
    public void Has_at_least_twelve_patients_over_seven_modalities()
    {
        Assert.InRange(Files.Select(file => file.DataSet.GetString(DicomTags.PatientId)).Distinct().Count(), 12, 99);
        Assert.Equal(
            ["CR", "CT", "MR", "OT", "SR", "US", "XA"],
            Files.Select(file => file.DataSet.GetString(DicomTags.Modality)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var again = SampleHospital.Make(1);

        Assert.Equal(Files.Select(file => file.RelativePath), again.Select(file => file.RelativePath));
        Assert.All(Files.Zip(again), pair => Assert.Equal(Bytes(pair.First), Bytes(pair.Second)));
    }

    [Fact]
    public void Another_seed_gives_other_identifiers()
    {
        var other = SampleHospital.Make(2);

        Assert.Empty(Files.Select(file => file.DataSet.GetString(DicomTags.SopInstanceUid))
            .Intersect(other.Select(file => file.DataSet.GetString(DicomTags.SopInstanceUid))));
        Assert.Empty(Files.Select(file => file.DataSet.GetString(DicomTags.PatientId))
            .Intersect(other.Select(file => file.DataSet.GetString(DicomTags.PatientId))));
    }

    [Fact]
    public void Every_file_reads_back_in_its_transfer_syntax_with_its_name_in_its_script()
    {
        Assert.All(Files, file =>
        {
            using var read = DicomFile.Parse(Bytes(file));

            Assert.Equal(file.Syntax, read.TransferSyntax);
            Assert.Contains(PersonName.Parse(read.DataSet.GetString(DicomTags.PatientName) ?? "").Alphabetic.FamilyName, file.Identifiers);
            Assert.True(read.DataSet.CharacterSet.IsKnown);
        });
    }

    [Fact]
    public void Every_text_value_is_conformant()
    {
        Assert.All(Files, file => Assert.All(
            file.DataSet.Elements.OfType<ValueElement>().Where(element => element.VR.IsText()),
            element => Assert.All(file.DataSet.ValuesOf(element), value => Assert.True(ValueChecks.IsValid(element.VR, value), $"{file.RelativePath} {element.Tag}"))));
    }

    [Fact]
    public void Instances_refer_to_instances_that_are_there()
    {
        var instances = Files.Select(file => file.DataSet.GetString(DicomTags.SopInstanceUid)).ToHashSet();
        var references = Files.SelectMany(file => References(file.DataSet)).ToList();

        Assert.True(references.Count > 10);
        Assert.All(references, reference => Assert.Contains(reference, instances));
    }

    [Fact]
    public void Burned_in_text_stands_out_inside_the_box_that_is_given()
    {
        var texts = Files.Where(file => !file.Syntax.IsEncapsulated).SelectMany(file => file.BurnedInText.Select(text => (file, text))).ToList();

        Assert.True(texts.Count > 20);
        Assert.All(texts, item =>
        {
            var pixels = PixelsIn(item.file.DataSet, item.text);
            Assert.True(pixels.Max() - pixels.Min() > 60, item.text.Text);
        });
    }

    [Fact]
    public void Writes_its_files_below_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("smi-sample-");
        try
        {
            var written = SampleHospital.Write(folder.FullName, 1);

            Assert.All(written, file => Assert.Equal(Bytes(file), File.ReadAllBytes(Path.Combine(folder.FullName, file.RelativePath))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Bytes(SampleFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static IEnumerable<string> References(DicomDataSet dataSet) =>
        dataSet.Elements.OfType<SequenceElement>().SelectMany(sequence => sequence.Items).SelectMany(References)
            .Concat(dataSet.GetStrings(new DicomTag(0x0008, 0x1155)));

    private static List<int> PixelsIn(DicomDataSet dataSet, SampleText text)
    {
        int Number(DicomTag tag) => dataSet.GetInt32(tag) ?? 0;
        var (rows, columns, samples) = (Number(DicomTags.Rows), Number(DicomTags.Columns), Number(DicomTags.SamplesPerPixel));
        var size = Number(DicomTags.BitsAllocated) / 8;
        var bytes = dataSet.FindValue(DicomTags.PixelData)?.Value.ToMemory() ?? default;
        var box = text.Box.ClippedTo(columns, rows);
        Assert.Equal(text.Box, box);
        return
        [
            .. from y in Enumerable.Range(box.Top, box.Height)
               from x in Enumerable.Range(box.Left, box.Width)
               let offset = ((((text.Frame * rows) + y) * columns) + x) * samples * size
               select size == 2 ? BitConverter.ToUInt16(bytes.Span[offset..]) : bytes.Span[offset],
        ];
    }
}
