using Smi.Deid.Tags.Profile;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tags;

public sealed class ProfileTagStageTests : IDisposable
{
    private const uint Undefined = 0xFFFFFFFF;
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void X_removes_Z_empties_U_replaces_and_K_keeps()
    {
        using var output = workplace.Deidentify(Instance().Text(0x00101040, "LO", "14 Elm Row").Text(0x00080050, "SH", "ACC12345").ToArray());
        Assert.False(output.DataSet.Contains(DicomTags.PatientAddress));
        Assert.Equal(0, output.DataSet.FindValue(DicomTags.AccessionNumber)?.Length);
        Assert.StartsWith("2.25.", output.DataSet.GetString(DicomTags.SopInstanceUid), StringComparison.Ordinal);
        Assert.Equal("1.2.840.10008.5.1.4.1.1.7", output.DataSet.GetString(DicomTags.SopClassUid));
        Assert.Equal("OT", output.DataSet.GetString(DicomTags.Modality));
    }

    [Fact]
    public void The_patient_becomes_a_pseudonym_that_is_the_same_in_every_file()
    {
        using var one = workplace.Deidentify(Instance().Text(0x00100010, "PN", "Zimmermann^Klara").Text(0x00100020, "LO", " pat 42").ToArray());
        using var two = workplace.Deidentify(Instance().Text(0x00100010, "PN", "Zimmermann^K").Text(0x00100020, "LO", "PAT  42").ToArray(), name: "b.dcm");
        Assert.Equal(one.DataSet.GetString(DicomTags.PatientId), two.DataSet.GetString(DicomTags.PatientId));
        Assert.Matches(@"^[A-Z2-7]{13,}\^$", one.DataSet.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Attributes_are_treated_at_every_depth_and_in_sequences_stored_as_UN()
    {
        var name = new DicomBytes().Implicit(0x00100010, "Hidden^Person"u8.ToArray().Append((byte)' ').ToArray());
        var item = new DicomBytes().Item((uint)name.ToArray().Length).Append(name).ToArray();
        using var output = workplace.Deidentify(Instance()
            .ExplicitHeader(0x00081110, "SQ", Undefined).Item(Undefined).Text(0x00081155, "UI", "1.2.3.9").EndItem().EndSequence()
            .Explicit(0x00081115, "UN", item).ToArray());
        var referenced = output.DataSet.FindSequence(new DicomTag(0x00081110))?.Items[0].GetString(new DicomTag(0x00081155));
        Assert.StartsWith("2.25.", referenced, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(workplace.OutputFiles().Single())), StringComparison.Ordinal);
    }

    [Fact]
    public void Private_unknown_and_repeating_attributes_go()
    {
        using var output = workplace.Deidentify(Instance().Text(0x00090010, "LO", "ACME").Text(0x00091001, "LO", "x")
            .Text(0x00120999, "LO", "unknown").Explicit(0x60003000, "OW", [1, 2]).Explicit(0x50003000, "OW", [1, 2]).ToArray());
        Assert.DoesNotContain(output.DataSet.Elements, element => element.Tag.IsPrivate || element.Tag.Element == 0x0999 || element.Tag.Group is 0x6000 or 0x5000);
    }

    [Fact]
    public void A_safe_private_attribute_stays_with_its_creator_and_its_neighbours_go()
    {
        var policy = new DeidPolicy { Retain = RetainOptions.SafePrivate };
        using var output = workplace.Deidentify(Instance().Text(0x70530011, "LO", "Philips PET Private Group")
            .Text(0x70531100, "DS", "0.5").Text(0x70531155, "LO", "x").Text(0x70530012, "LO", "OTHER").Text(0x70531200, "DS", "1").ToArray(), policy);
        Assert.Equal([0x70530011u, 0x70531100u], output.DataSet.Elements.Where(element => element.Tag.IsPrivate).Select(element => element.Tag.Value));
    }

    [Fact]
    public void Modified_dates_move_by_the_same_days_for_all_files_of_a_patient()
    {
        var policy = new DeidPolicy { Retain = RetainOptions.LongitudinalModifiedDates };
        using var one = workplace.Deidentify(Instance().Text(0x00100020, "LO", "PAT-00042").Text(0x00080020, "DA", "20040119").ToArray(), policy);
        using var two = workplace.Deidentify(Instance().Text(0x00100020, "LO", "PAT-00042").Text(0x00080020, "DA", "20040129").ToArray(), policy, "b.dcm");
        Assert.NotEqual("20040119", one.DataSet.GetString(DicomTags.StudyDate));
        Assert.Equal(10, (Date(two) - Date(one)).Days);
        Assert.Equal("MODIFIED", one.DataSet.GetString(DicomTags.LongitudinalTemporalInformationModified));
        static DateTime Date(DicomFile file) => DateTime.ParseExact(file.DataSet.GetString(DicomTags.StudyDate) ?? "", "yyyyMMdd", null);
    }

    [Fact]
    public void Says_what_was_done_and_nothing_that_was_not()
    {
        using var output = workplace.Deidentify(Instance().Text(0x00120063, "LO", "Done by Dr Smith").ToArray(), new DeidPolicy { Retain = RetainOptions.Uids });
        Assert.Equal("YES", output.DataSet.GetString(DicomTags.PatientIdentityRemoved));
        var codes = output.DataSet.FindSequence(DicomTags.DeidentificationMethodCodeSequence)?.Items.Select(item => item.GetString(DicomTags.CodeValue));
        Assert.Equal(["113100", "113110"], codes);
        Assert.DoesNotContain("Smith", output.DataSet.GetString(DicomTags.DeidentificationMethod), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_attribute_of_the_table_has_a_rule_under_every_option()
    {
        foreach (var retain in Enum.GetValues<RetainOptions>())
        {
            var table = new ProfileTable(retain, cleansText: true);
            Assert.All(DicomDictionary.All, entry => Assert.NotEmpty(table.RuleFor(entry.Tag).Because));
        }
    }

    [Theory]
    [InlineData("20040119", -1, "20040118")]
    [InlineData("20040301\\20040229", -1, "20040229\\20040228")]
    [InlineData("20040119072730.123456+0100", -19, "20031231072730.123456+0100")]
    [InlineData("2004.01.19", -1, "20040118")]
    [InlineData("2004", -365, "2003")]
    [InlineData("200401", -31, "200312")]
    [InlineData("", -1, "")]
    [InlineData("20041301", -1, null)]
    [InlineData("19th January", -1, null)]
    [InlineData("20040119 Smith", -1, null)]
    [InlineData("1993.04.", -1, null)]
    [InlineData("200401199999", -1, null)]
    public void Dates_move_by_whole_days_and_what_is_no_date_is_not_passed_on(string before, int days, string? after) =>
        Assert.Equal(after, DateShifter.Shift(before, days));

    [Fact]
    public void Pixel_data_that_are_too_short_are_refused_and_slack_behind_them_is_cut_off()
    {
        Assert.IsType<DeidOutcome.Refused>(workplace.Run(Image(new byte[10])));
        using var output = workplace.Deidentify(Image([.. new byte[16], .. "Zimmermann"u8]), name: "b.dcm");
        Assert.Equal(16, output.DataSet.FindValue(DicomTags.PixelData)?.Length);
    }

    [Fact]
    public void A_date_that_must_stay_is_a_whole_date_even_in_the_form_of_ACR_NEMA()
    {
        using var output = workplace.Deidentify(Instance().Text(0x00080023, "DA", "1993.04.30").ToArray());

        var date = output.DataSet.GetString(DicomTags.ContentDate) ?? "";
        Assert.True(ValueChecks.IsValid(VR.DA, date), date);
        Assert.NotEqual("19930430", date);
    }

    [Fact]
    public void Words_in_a_number_or_a_time_are_not_kept()
    {
        using var output = workplace.Deidentify(Instance()
            .Text(0x00180050, "DS", "Winterbottom").Text(0x00180060, "DS", "120").Text(0x00280106, "LO", "Winterbottom").ToArray());

        Assert.Equal("", output.DataSet.GetString(new DicomTag(0x0018, 0x0050)));
        Assert.Equal("120", output.DataSet.GetString(new DicomTag(0x0018, 0x0060)));
        Assert.False(output.DataSet.Contains(new DicomTag(0x0028, 0x0106)));
    }

    [Fact]
    public void A_birth_date_in_another_calendar_goes_as_the_birth_date_does()
    {
        using var output = workplace.Deidentify(Instance().Text(0x00100033, "LO", "S40/5/12").ToArray());

        Assert.False(output.DataSet.Contains(new DicomTag(0x0010, 0x0033)));
    }

    [Theory]
    [InlineData("Carl Zeiss Meditec", "Victoria", "2.6.3.0")]
    [InlineData("KONICA MINOLTA", "Axiom Aristos", "V4.86ER007")]
    [InlineData("Heidelberg Engineering", "Mobilett Mira", "1.2.840.113619.6.260")]
    public void Products_that_are_named_after_people_and_towns_stay(string maker, string model, string version)
    {
        var policy = new DeidPolicy { Clean = CleanOptions.Descriptors };
        var file = Instance().Text(0x00080070, "LO", maker).Text(0x00081090, "LO", model).Text(0x00181020, "LO", version).ToArray();
        Assert.IsType<DeidOutcome.Deidentified>(DeidentifierFactory.Create(policy, workplace.Key).Run(Place(file), TestContext.Current.CancellationToken));
        var output = DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single())).DataSet;
        Assert.Equal((maker, model, version), (output.GetString(new DicomTag(0x00080070)), output.GetString(new DicomTag(0x00081090)), output.GetString(new DicomTag(0x00181020))));
    }

    [Theory]
    [InlineData(0x003A0203u, "Lead II", "Lead II")]
    [InlineData(0x003A0203u, "aVR", "aVR")]
    [InlineData(0x003A0020u, "MEDIAN BEAT", "MEDIAN BEAT")]
    [InlineData(0x00540018u, "Tc-99m", "Tc-99m")]
    [InlineData(0x30020002u, "DRR G0", "DRR G0")]
    [InlineData(0x30020002u, "Dr Tarrant", "")]
    public void Short_labels_that_the_table_does_not_list_are_cleaned(uint tag, string before, string after)
    {
        var policy = new DeidPolicy { Clean = CleanOptions.Descriptors };
        Assert.IsType<DeidOutcome.Deidentified>(DeidentifierFactory.Create(policy, workplace.Key).Run(Place(Instance().Text(tag, "SH", before).ToArray()), TestContext.Current.CancellationToken));
        var text = DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single())).DataSet.GetString(new DicomTag(tag));
        Assert.True(after.Length == 0 ? text?.Contains("Tarrant", StringComparison.Ordinal) == false : text == after, text);
    }

    private DeidJob Place(byte[] file)
    {
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), file);
        return workplace.Job("a.dcm", overwrite: true);
    }

    private static byte[] Image(byte[] pixels) => Instance().UInt16(0x00280002, 1).UInt16(0x00280010, 4).UInt16(0x00280011, 4)
        .UInt16(0x00280100, 8).UInt16(0x00280101, 8).Explicit(0x7FE00010, "OW", pixels).ToArray();

    private static DicomBytes Instance() => DicomBytes.File().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
        .Text(0x00080018, "UI", "1.2.3.4.5").Text(0x00080060, "CS", "OT");
}
