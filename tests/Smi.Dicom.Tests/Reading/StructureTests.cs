using System.Text;
using Smi.Tests;

namespace Smi.Dicom.Tests.Reading;

public sealed class StructureTests
{
    private const uint Undefined = 0xFFFFFFFF;

    [Fact]
    public void Reads_a_bare_implicit_data_set()
    {
        using var file = DicomFile.Parse(new DicomBytes().Implicit(0x00080060, "CT"u8.ToArray()).Implicit(0x00100010, "A^B "u8.ToArray()).ToArray());
        Assert.Same(TransferSyntax.ImplicitLittleEndian, file.TransferSyntax);
        Assert.Equal("A^B", file.DataSet.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Reads_a_bare_explicit_data_set()
    {
        using var file = DicomFile.Parse(new DicomBytes().Text(0x00080060, "CS", "CT").ToArray());
        Assert.Same(TransferSyntax.ExplicitLittleEndian, file.TransferSyntax);
        Assert.Null(file.FileMeta);
    }

    [Fact]
    public void Believes_the_first_element_more_than_a_wrong_native_transfer_syntax()
    {
        using var file = DicomFile.Parse(DicomBytes.File().Implicit(0x00080060, "CT"u8.ToArray()).ToArray());
        Assert.Same(TransferSyntax.ImplicitLittleEndian, file.TransferSyntax);
        Assert.Equal("CT", file.DataSet.GetString(DicomTags.Modality));
    }

    [Fact]
    public void Reads_big_endian_numbers()
    {
        var bytes = DicomBytes.File("1.2.840.10008.1.2.2").Raw(0, 0x28, 0, 0x10, (byte)'U', (byte)'S', 0, 2, 1, 2);
        using var file = DicomFile.Parse(bytes.ToArray());
        Assert.Equal(258, file.DataSet.GetInt32(DicomTags.Rows));
    }

    [Fact]
    public void A_sequence_that_is_stored_as_UN_has_items()
    {
        var item = new DicomBytes().Implicit(0x00100010, "Nested^N"u8.ToArray()).ToArray();
        var value = new DicomBytes().Item((uint)item.Length).Raw(item).ToArray();
        using var file = DicomFile.Parse(DicomBytes.File().Explicit(0x00081110, "UN", value).ToArray());
        var sequence = file.DataSet.FindSequence(new DicomTag(0x00081110));
        Assert.Equal("Nested^N", sequence?.Items.Single().GetString(DicomTags.PatientName));
    }

    [Fact]
    public void UN_of_undefined_length_is_read_as_implicit_items()
    {
        var bytes = DicomBytes.File().ExplicitHeader(0x00091001, "UN", Undefined).Item(Undefined).Implicit(0x00100020, "ID"u8.ToArray()).EndItem().EndSequence();
        using var file = DicomFile.Parse(bytes.ToArray());
        Assert.Equal("ID", file.DataSet.FindSequence(new DicomTag(0x00091001))?.Items.Single().GetString(DicomTags.PatientId));
    }

    [Fact]
    public void UN_that_only_begins_like_an_item_stays_a_value()
    {
        var value = new DicomBytes().Item(4000).Raw(1, 2, 3, 4).ToArray();
        using var file = DicomFile.Parse(DicomBytes.File().Explicit(0x00091001, "UN", value).Text(0x00100020, "LO", "ID").ToArray());
        Assert.Equal(value, file.DataSet.FindValue(new DicomTag(0x00091001))?.Value.ToMemory().ToArray());
        Assert.Equal("ID", file.DataSet.GetString(DicomTags.PatientId));
    }

    [Fact]
    public void A_wrong_group_length_of_the_file_meta_information_does_no_harm()
    {
        var bytes = new DicomBytes().Raw(new byte[128]).Raw("DICM"u8.ToArray()).Explicit(0x00020000, "UL", BitConverter.GetBytes(9999))
            .Text(0x00020010, "UI", DicomBytes.ExplicitLittleEndian).Text(0x00080060, "CS", "CT");
        using var file = DicomFile.Parse(bytes.ToArray());
        Assert.Equal("CT", file.DataSet.GetString(DicomTags.Modality));
    }

    [Fact]
    public void Of_two_equal_attributes_the_last_one_is_read_and_both_are_listed()
    {
        using var file = DicomFile.Parse(DicomBytes.File().Text(0x00100010, "PN", "First").Text(0x00100010, "PN", "Last").ToArray());
        Assert.Equal("Last", file.DataSet.GetString(DicomTags.PatientName));
        Assert.Equal(2, file.DataSet.Count);
    }

    [Fact]
    public void Setting_an_attribute_that_stands_there_twice_leaves_one()
    {
        using var file = DicomFile.Parse(DicomBytes.File().Text(0x00100010, "PN", "First").Text(0x00100010, "PN", "Last").ToArray());
        var edited = file.DataSet.Copy();
        edited.SetString(DicomTags.PatientName, VR.PN, "Nobody");
        Assert.Equal("Nobody", edited.GetString(DicomTags.PatientName));
        Assert.Single(edited.Elements);
    }

    [Fact]
    public void An_item_has_the_character_set_of_what_is_around_it_unless_it_has_its_own()
    {
        var inner = new DicomBytes().Text(0x00080005, "CS", "ISO_IR 100").Explicit(0x00100010, "PN", [0xE4, 0x20]);
        var plain = new DicomBytes().Text(0x00100010, "PN", "ä");
        var bytes = DicomBytes.File().Text(0x00080005, "CS", "ISO_IR 192").ExplicitHeader(0x00081110, "SQ", Undefined)
            .Item(Undefined).Append(inner).EndItem().Item(Undefined).Append(plain).EndItem().EndSequence();
        using var file = DicomFile.Parse(bytes.ToArray());
        var items = file.DataSet.FindSequence(new DicomTag(0x00081110))?.Items ?? [];
        Assert.Equal(["ä", "ä"], items.Select(item => item.GetString(DicomTags.PatientName) ?? ""));
    }

    [Fact]
    public void Zeros_behind_the_last_element_are_no_elements()
    {
        using var file = DicomFile.Parse(DicomBytes.File().Text(0x00080060, "CS", "CT").Raw(new byte[1000]).ToArray());
        Assert.Single(file.DataSet.Elements);
        Assert.Equal(1000, file.TrailingBytes.Length);
    }

    [Fact]
    public void A_file_larger_than_what_is_held_reads_the_same()
    {
        var path = Path.GetTempFileName();
        try
        {
            var pixels = new byte[3_000_000];
            new Random(3).NextBytes(pixels);
            File.WriteAllBytes(path, DicomBytes.File().Text(0x00100010, "PN", "Big").Explicit(0x7FE00010, "OW", pixels).Text(0x7FE10010, "LO", Encoding.ASCII.GetString(new byte[2])).ToArray());
            using var file = DicomFile.Open(path);
            using var written = new MemoryStream();
            file.DataSet.FindValue(DicomTags.PixelData)?.Value.CopyTo(written);
            Assert.True(written.ToArray().AsSpan().SequenceEqual(pixels));
            Assert.Equal(3, file.DataSet.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Reads_a_bare_big_endian_data_set()
    {
        byte[] bytes = [0, 8, 0, 0x60, (byte)'C', (byte)'S', 0, 2, (byte)'C', (byte)'T', 0, 0x28, 0, 0x10, (byte)'U', (byte)'S', 0, 2, 1, 2];
        using var file = DicomFile.Parse(bytes);

        Assert.True(file.TransferSyntax.Encoding.IsBigEndian);
        Assert.Equal("CT", file.DataSet.GetString(DicomTags.Modality));
        Assert.Equal(0x0102, file.DataSet.GetInt32(DicomTags.Rows));
    }

    [Fact]
    public void Elements_behind_Pixel_Data_are_elements()
    {
        var bytes = DicomBytes.File().Text(0x00080060, "CS", "CT").Explicit(0x7FE00010, "OW", new byte[16]).Text(0x7FE10010, "LO", "MAKER").Explicit(0xFFFCFFFC, "OB", new byte[8]).ToArray();
        using var file = DicomFile.Parse(bytes);

        Assert.Equal([0x00080060u, 0x7FE00010u, 0x7FE10010u, 0xFFFCFFFCu], file.DataSet.Elements.Select(element => element.Tag.Value));
    }

    [Fact]
    public void A_group_length_of_the_data_set_that_is_wrong_does_no_harm()
    {
        var bytes = DicomBytes.File().Explicit(0x00080000, "UL", [0xFF, 0xFF, 0xFF, 0x7F]).Text(0x00080060, "CS", "CT").Text(0x00100020, "LO", "1").ToArray();
        using var file = DicomFile.Parse(bytes);

        Assert.Equal("1", file.DataSet.GetString(DicomTags.PatientId));
    }

    [Fact]
    public void Many_zeros_in_front_of_the_last_element_are_looked_at_once()
    {
        var bytes = DicomBytes.File().Text(0x00080060, "CS", "CT").Raw(new byte[8 << 20]).Text(0x00100020, "LO", "1").ToArray();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var file = DicomFile.Parse(bytes);

        // Looked at once for each of the million empty elements, they take minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.Equal("1", file.DataSet.GetString(DicomTags.PatientId));
    }
}
