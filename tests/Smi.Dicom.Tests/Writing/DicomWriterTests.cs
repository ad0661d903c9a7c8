using Smi.Tests;

namespace Smi.Dicom.Tests.Writing;

public sealed class DicomWriterTests
{
    private const uint Undefined = 0xFFFFFFFF;
    private static readonly DicomTag ReferencedStudySequence = new(0x00081110);

    [Fact]
    public void An_untouched_data_set_is_written_byte_for_byte_its_oddities_included()
    {
        var dataSet = new DicomBytes().Explicit(0x00100020, "LO", [65, 66, 67]).Explicit(0x00100010, "ZZ", [65, 66])
            .ExplicitHeader(0x00081110, "SQ", Undefined).Item(10).Text(0x00080060, "CS", "MR").EndSequence()
            .ExplicitHeader(0x00081115, "SQ", 0);
        AssertRewritten(dataSet.ToArray(), _ => { }, dataSet.ToArray());
    }

    [Fact]
    public void Editing_an_item_keeps_the_length_form_of_item_and_sequence()
    {
        var before = new DicomBytes().ExplicitHeader(0x00081110, "SQ", 18).Item(10).Text(0x00080060, "CS", "MR").Text(0x00100020, "LO", "ID");
        var after = new DicomBytes().ExplicitHeader(0x00081110, "SQ", 20).Item(12).Text(0x00080060, "CS", "ABCD").Text(0x00100020, "LO", "ID");
        AssertRewritten(before.ToArray(), Edit, after.ToArray());

        static void Edit(DicomDataSet edited) => edited.FindSequence(ReferencedStudySequence)?.Items[0].SetString(DicomTags.Modality, VR.CS, "ABCD");
    }

    [Fact]
    public void Items_of_a_UN_sequence_stay_implicit_when_they_are_edited()
    {
        var before = new DicomBytes().ExplicitHeader(0x00081110, "UN", 18).Item(10).Implicit(0x00080060, "MR"u8.ToArray());
        var after = new DicomBytes().ExplicitHeader(0x00081110, "UN", 20).Item(12).Implicit(0x00080060, "ABCD"u8.ToArray());
        AssertRewritten(before.ToArray(), Edit, after.ToArray());

        static void Edit(DicomDataSet edited) => edited.FindSequence(ReferencedStudySequence)?.Items[0].SetString(DicomTags.Modality, VR.CS, "ABCD");
    }

    [Fact]
    public void A_new_element_stands_where_its_tag_belongs()
    {
        var before = new DicomBytes().Text(0x00080060, "CS", "MR").Text(0x00100020, "LO", "ID");
        var after = new DicomBytes().Text(0x00080060, "CS", "MR").Text(0x00100010, "PN", "Ab").Text(0x00100020, "LO", "ID");
        AssertRewritten(before.ToArray(), edited => edited.SetString(DicomTags.PatientName, VR.PN, "Ab"), after.ToArray());
    }

    [Fact]
    public void Big_endian_values_are_turned_when_the_output_is_little_endian()
    {
        var bytes = DicomBytes.File("1.2.840.10008.1.2.2").Raw(0, 0x28, 0, 0x10, (byte)'U', (byte)'S', 0, 2, 1, 2);
        using var file = DicomFile.Parse(bytes.ToArray());
        using var written = new MemoryStream();
        DicomWriter.WriteDataSet(written, TransferSyntax.ExplicitLittleEndian, file.DataSet);
        Assert.Equal(new DicomBytes().UInt16(0x00280010, 258).ToArray(), written.ToArray());
    }

    // At, and around, the lengths that are held in one block, from a pool, in memory and in a nameless file.
    [Theory]
    [InlineData(128 * 1024)]
    [InlineData(256 * 1024)]
    [InlineData(1024 * 1024)]
    [InlineData(64 * 1024 * 1024)]
    public void A_deflated_data_set_of_any_length_reads_back(int length)
    {
        foreach (var valueLength in (int[])[length - 14, length - 12, length - 10])
        {
            var value = new byte[valueLength];
            value[^1] = 7;
            using var written = new MemoryStream();
            var dataSet = new DicomDataSet();
            dataSet.Set(new ValueElement(DicomTags.EncapsulatedDocument, VR.OB, value));
            DicomWriter.WriteFile(written, new DicomDataSet(), TransferSyntax.DeflatedExplicitLittleEndian, dataSet);

            using var file = DicomFile.Parse(written.ToArray());

            var read = file.DataSet.FindValue(DicomTags.EncapsulatedDocument)?.Value.ToMemory() ?? default;
            Assert.True(read.Span.SequenceEqual(value));
        }
    }

    [Fact]
    public void A_deflated_data_set_reads_back()
    {
        var dataSet = new DicomDataSet();
        dataSet.SetString(DicomTags.PatientName, VR.PN, "Deflated^D");
        using var written = new MemoryStream();
        DicomWriter.WriteFile(written, new DicomDataSet(), TransferSyntax.DeflatedExplicitLittleEndian, dataSet);
        Assert.Equal(0, written.Length % 2);
        using var file = DicomFile.Parse(written.ToArray());
        Assert.Equal("Deflated^D", file.DataSet.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void The_original_does_not_change_when_its_copy_does()
    {
        using var file = DicomFile.Parse(DicomBytes.File().ExplicitHeader(0x00081110, "SQ", 18).Item(10).Text(0x00080060, "CS", "MR").ToArray());
        var edited = file.DataSet.Copy();
        edited.FindSequence(ReferencedStudySequence)?.Items[0].SetString(DicomTags.Modality, VR.CS, "CT");
        Assert.Equal("MR", file.DataSet.FindSequence(ReferencedStudySequence)?.Items[0].GetString(DicomTags.Modality));
        Assert.True(file.DataSet.IsUntouched);
        Assert.False(edited.IsUntouched);
    }

    private static void AssertRewritten(byte[] before, Action<DicomDataSet> edit, byte[] after)
    {
        using var file = DicomFile.Parse([.. DicomBytes.File().ToArray(), .. before]);
        var edited = file.DataSet.Copy();
        edit(edited);
        using var written = new MemoryStream();
        DicomWriter.WriteDataSet(written, file.TransferSyntax, edited);
        Assert.Equal(Convert.ToHexString(after), Convert.ToHexString(written.ToArray()));
    }
}
