using Smi.Deid.Tags.Profile;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tags;

/// <summary>Every retain column of PS3.15 table E.1-1, carried out and stated.</summary>
public sealed class RetainOptionTests : IDisposable
{
    private static readonly DicomTag Referenced = new(0x00081110);
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    public static TheoryData<RetainOptions, int, string> Columns => new()
    {
        { RetainOptions.LongitudinalFullDates, 6, "113106" },
        { RetainOptions.LongitudinalModifiedDates, 7, "113107" },
        { RetainOptions.Uids, 8, "113110" },
        { RetainOptions.PatientCharacteristics, 9, "113108" },
        { RetainOptions.DeviceIdentity, 10, "113109" },
        { RetainOptions.InstitutionIdentity, 11, "113112" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Each_cell_of_a_column_decides_and_the_others_are_left_to_the_basic_profile(RetainOptions option, int column, string code)
    {
        var (with, without) = (new ProfileTable(option, cleansText: true), new ProfileTable(RetainOptions.None, cleansText: true));
        foreach (var row in ResourceTable.Rows(typeof(ProfileTable).Assembly, "confidentiality-profile.tsv"))
        {
            if (!DicomTag.TryParse(row[0], out var tag))
            {
                continue;
            }

            var expected = row[column] switch
            {
                "K" => ProfileAction.Keep,
                "C" => option == RetainOptions.LongitudinalModifiedDates ? ProfileAction.ShiftDate : ProfileAction.CleanText,
                _ => without.RuleFor(tag).Action,
            };
            Assert.Equal((row[0], expected), (row[0], with.RuleFor(tag).Action));
        }

        Assert.Equal(["113100", code], Codes(Output(new DeidPolicy { Retain = option })));
    }

    [Theory]
    [InlineData(RetainOptions.None)]
    [InlineData(RetainOptions.Uids)]
    public void UIDs_stay_at_every_depth_only_when_they_are_retained(RetainOptions retain)
    {
        var output = Output(new DeidPolicy { Retain = retain });
        var kept = retain == RetainOptions.Uids;
        Assert.Equal(kept, output.GetString(DicomTags.SopInstanceUid) == "1.2.3.4.5");
        Assert.Equal(kept, output.FindSequence(Referenced)?.Items[0].GetString(new DicomTag(0x00081155)) == "1.2.3.9");
    }

    [Theory]
    [InlineData(RetainOptions.DeviceIdentity, 0x00181000u, "SN-4711")]
    [InlineData(RetainOptions.DeviceIdentity, 0x00081010u, "STATION7")]
    [InlineData(RetainOptions.InstitutionIdentity, 0x00080080u, "Elm Infirmary")]
    [InlineData(RetainOptions.PatientCharacteristics, 0x00100040u, "F")]
    [InlineData(RetainOptions.PatientCharacteristics, 0x00101020u, "1.62")]
    public void What_an_option_retains_goes_without_it(RetainOptions option, uint tag, string value)
    {
        Assert.NotEqual(value, Output(new DeidPolicy()).GetString(new DicomTag(tag)));
        Assert.Equal(value, Output(new DeidPolicy { Retain = option }).GetString(new DicomTag(tag)));
    }

    [Theory]
    [InlineData("089Y", "089Y")]
    [InlineData("090Y", "090Y")]
    [InlineData("094Y", "090Y")]
    [InlineData("101Y", "090Y")]
    [InlineData("094", "090Y")]
    [InlineData("007M", "007M")]
    [InlineData("", "")]
    public void Ages_over_89_make_one_group(string before, string after) =>
        Assert.Equal(after, Output(new DeidPolicy { Retain = RetainOptions.PatientCharacteristics }, before).GetString(new DicomTag(0x00101010)));

    [Fact]
    public void The_birth_date_goes_with_the_characteristics_of_the_patient() =>
        Assert.Equal("", Output(new DeidPolicy { Retain = RetainOptions.PatientCharacteristics }).GetString(DicomTags.PatientBirthDate));

    [Fact]
    public void Full_dates_stay_and_the_object_says_so()
    {
        var output = Output(new DeidPolicy { Retain = RetainOptions.LongitudinalFullDates });
        Assert.Equal(("20040119", "072730", "20040120"), (output.GetString(DicomTags.StudyDate), output.GetString(new DicomTag(0x00080030)), Nested(output)));
        Assert.Equal("UNMODIFIED", output.GetString(DicomTags.LongitudinalTemporalInformationModified));
    }

    [Fact]
    public void Modified_dates_keep_their_distance_at_every_depth_and_with_time_and_zone()
    {
        var output = Output(new DeidPolicy { Retain = RetainOptions.LongitudinalModifiedDates });
        var study = Day(output.GetString(DicomTags.StudyDate));
        Assert.NotEqual(new DateTime(2004, 1, 19), study);
        Assert.Equal("072730", output.GetString(new DicomTag(0x00080030)));
        Assert.Equal(1, (Day(Nested(output)) - study).Days);
        var moment = output.GetString(new DicomTag(0x0008002A)) ?? "";
        Assert.EndsWith("072730.5+0100", moment);
        Assert.Equal(study, Day(moment[..8]));
        Assert.Equal("MODIFIED", output.GetString(DicomTags.LongitudinalTemporalInformationModified));
    }

    [Fact]
    public void A_file_whose_dates_have_all_gone_says_that_they_were_removed_and_one_with_a_moved_date_that_it_was_modified()
    {
        using var removed = workplace.Deidentify(Instance().Text(0x00080020, "DA", "20040119").ToArray(), new DeidPolicy());
        Assert.Equal("REMOVED", removed.DataSet.GetString(DicomTags.LongitudinalTemporalInformationModified));
        using var moved = workplace.Deidentify(Instance().Text(0x00080023, "DA", "20040119").ToArray(), new DeidPolicy(), "b.dcm");
        Assert.Equal("MODIFIED", moved.DataSet.GetString(DicomTags.LongitudinalTemporalInformationModified));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void The_issuer_separates_patients_where_the_policy_says_so(bool separates, bool same)
    {
        var policy = new DeidPolicy { IssuerSeparatesPatients = separates };
        using var one = workplace.Deidentify(Instance().Text(0x00100020, "LO", "PAT-00042").Text(0x00100021, "LO", "NORTH").ToArray(), policy);
        using var two = workplace.Deidentify(Instance().Text(0x00100020, "LO", "PAT-00042").Text(0x00100021, "LO", "SOUTH").ToArray(), policy, "b.dcm");
        Assert.Equal(same, one.DataSet.GetString(DicomTags.PatientId) == two.DataSet.GetString(DicomTags.PatientId));
    }

    [Fact]
    public void Options_that_contradict_each_other_make_no_deidentifier()
    {
        var policy = new DeidPolicy { Retain = RetainOptions.LongitudinalFullDates | RetainOptions.LongitudinalModifiedDates };
        Assert.Throws<ArgumentException>(() => DeidentifierFactory.Create(policy, workplace.Key));
        var all = new DeidPolicy { Retain = (RetainOptions)0x7F & ~RetainOptions.LongitudinalModifiedDates };
        Assert.Equal(["113100", "113106", "113108", "113109", "113110", "113111", "113112"], Codes(Output(all)));
    }

    private DicomDataSet Output(DeidPolicy policy, string age = "057Y")
    {
        var item = new DicomBytes().Text(0x00080020, "DA", "20040120").Text(0x00081155, "UI", "1.2.3.9").ToArray();
        var file = Instance().Text(0x00080020, "DA", "20040119").Text(0x0008002A, "DT", "20040119072730.5+0100").Text(0x00080030, "TM", "072730").Text(0x00080080, "LO", "Elm Infirmary")
            .Text(0x00081010, "SH", "STATION7").ExplicitHeader(0x00081110, "SQ", (uint)item.Length + 8).Item((uint)item.Length).Raw(item)
            .Text(0x00100020, "LO", "PAT-00042").Text(0x00100030, "DA", "19630704").Text(0x00100040, "CS", "F").Text(0x00101010, "AS", age).Text(0x00101020, "DS", "1.62")
            .Text(0x00181000, "LO", "SN-4711").ToArray();
        using var output = workplace.Deidentify(file, policy);
        File.Delete(workplace.OutputFiles().Single());
        return output.DataSet.Copy();
    }

    private static string? Nested(DicomDataSet output) => output.FindSequence(Referenced)?.Items[0].GetString(DicomTags.StudyDate);

    private static IEnumerable<string?> Codes(DicomDataSet output) =>
        output.FindSequence(DicomTags.DeidentificationMethodCodeSequence)?.Items.Select(item => item.GetString(DicomTags.CodeValue)) ?? [];

    private static DateTime Day(string? date) => DateTime.ParseExact(date ?? "", "yyyyMMdd", null);

    private static DicomBytes Instance() => DicomBytes.File().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5");
}
