using System.Text;
using Smi.Deid.Tags.Profile;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tags;

/// <summary>Retain Safe Private: table E.3.10-1 by creator and block, and a site's own table over it.</summary>
public sealed class SafePrivateTests : IDisposable
{
    private const RetainOptions Retain = RetainOptions.SafePrivate;
    private readonly Workplace workplace = new();
    private readonly string path = Path.GetTempFileName();

    public void Dispose()
    {
        workplace.Dispose();
        File.Delete(path);
    }

    public static TheoryData<string, string, string> Rows => [.. StandardRows()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_of_the_standards_table_is_retained_in_any_block_and_in_implicit_VR_too(string tag, string creator, string vr)
    {
        var (group, element) = (Convert.ToUInt32(tag[1..5], 16) << 16, Convert.ToUInt32(tag[8..10], 16));
        var value = ValueOf(vr);
        var (creatorTag, valueTag) = (group | 0x0042, group | 0x4200 | element);
        var explicitFile = Instance().Text(creatorTag, "LO", creator).Explicit(valueTag, vr, value).ToArray();
        var implicitFile = DicomBytes.File("1.2.840.10008.1.2").Implicit(0x00080016, "1.2.840.10008.5.1.4.1.1.7\0"u8.ToArray()).Implicit(0x00080018, "1.2.3.4.5\0"u8.ToArray())
            .Implicit(creatorTag, Even(creator)).Implicit(valueTag, value).ToArray();
        foreach (var (file, name) in new[] { (explicitFile, "a.dcm"), (implicitFile, "b.dcm") })
        {
            using var output = workplace.Deidentify(file, new DeidPolicy { Retain = Retain }, name);
            Assert.Equal(creator, output.DataSet.GetString(new DicomTag(creatorTag)));
            Assert.True(output.DataSet.Contains(new DicomTag(valueTag)));
        }
    }

    [Fact]
    public void A_number_that_a_maker_writes_under_another_VR_stays_and_words_in_its_place_go()
    {
        using var output = workplace.Deidentify(Instance().Text(0x00190010, "LO", "SIEMENS MR HEADER").Text(0x0019100C, "LO", "1000").ToArray(), new DeidPolicy { Retain = Retain });
        Assert.Equal("1000", output.DataSet.GetString(new DicomTag(0x0019100C)));
        using var words = workplace.Deidentify(
            Instance().Text(0x00190010, "LO", "SIEMENS MR HEADER").Explicit(0x0019100C, "UN", "Winterbottom"u8.ToArray()).ToArray(), new DeidPolicy { Retain = Retain }, "b.dcm");
        Assert.DoesNotContain(words.DataSet.Elements, element => element.Tag.IsPrivate);
    }

    [Fact]
    public void A_UID_of_the_list_is_replaced_like_every_other_and_a_version_is_none()
    {
        var file = Instance().Text(0x00990010, "LO", "NQHeader").Text(0x00991001, "UI", "1.2.3").Text(0x00991002, "UI", "1.2.3.4.5").ToArray();
        using var output = workplace.Deidentify(file, new DeidPolicy { Retain = Retain });
        Assert.Equal("1.2.3", output.DataSet.GetString(new DicomTag(0x00991001)));
        Assert.Equal(output.DataSet.GetString(DicomTags.SopInstanceUid), output.DataSet.GetString(new DicomTag(0x00991002)));
        using var kept = workplace.Deidentify(file, new DeidPolicy { Retain = Retain | RetainOptions.Uids }, "b.dcm");
        Assert.Equal("1.2.3.4.5", kept.DataSet.GetString(new DicomTag(0x00991002)));
    }

    [Theory]
    [InlineData("tag,vr,disposition\n\"(0009,\"\"ACME\"\",01)\",LO,k\n\"(0009,\"\"ACME\"\",02)\",LO,d\n\"(0009,\"\"ACME\"\",03)\",DA,o\n\"(0009,\"\"ACME\"\",04)\",UI,h\n\"(0019,\"\"SIEMENS MR HEADER\"\",0C)\",IS,d\n")]
    [InlineData("element_sig_pattern,vr,vm,private_disposition\n0009[ACME]01,LO,1,k\n0009[ACME]02,LO,1,d\n0009[ACME]03,DA,1,k\n0009[ACME]04,UI,1,k\n\"0019,[SIEMENS MR HEADER]0c\",IS,1,d\n")]
    public void A_table_of_the_site_adds_to_the_standards_and_takes_from_it(string table)
    {
        File.WriteAllText(path, table);
        var policy = new DeidPolicy { Retain = Retain | RetainOptions.LongitudinalModifiedDates, SafePrivate = SafePrivateAttributes.Load(path) };
        using var output = workplace.Deidentify(Instance()
            .Text(0x00090010, "LO", "OTHER").Text(0x00090011, "LO", "ACME").Text(0x00091001, "LO", "of another maker").Text(0x00091101, "LO", "kept").Text(0x00091102, "LO", "gone")
            .Text(0x00091103, "DA", "20040119").Text(0x00091104, "UI", "1.2.3.4.5").Text(0x00190010, "LO", "SIEMENS MR HEADER").Text(0x0019100C, "IS", "1000").ToArray(), policy);
        var dataSet = output.DataSet;
        Assert.Equal([0x00090011u, 0x00091101u, 0x00091103u, 0x00091104u], dataSet.Elements.Where(element => element.Tag.IsPrivate).Select(element => element.Tag.Value));
        Assert.NotEqual("20040119", dataSet.GetString(new DicomTag(0x00091103)));
        Assert.StartsWith("2.25.", dataSet.GetString(new DicomTag(0x00091104)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n1,2\n", "line 1")]
    [InlineData("tag,vr\n", "no row")]
    [InlineData("tag,vr\n0009[ACME]01\n", "line 2: the line has fewer fields")]
    [InlineData("tag,vr\n0009[ACME]01,\"LO\n", "line 2: the line is no CSV")]
    [InlineData("tag,vr\n0009[ACME]01,LO\n0010[ACME]01,LO\n", "line 3: the tag")]
    [InlineData("tag,vr\n00091001,LO\n", "line 2: the tag")]
    [InlineData("tag,vr\n0009[ACME]01,XX\n", "line 2: the vr")]
    [InlineData("tag,vr,disposition\n0009[ACME]01,LO,keep\n", "line 2: the disposition")]
    [InlineData("tag,vr,disposition\n0009[ACME]01,LO,k\n0009[ACME]01,LO,d\n", "line 3: another line")]
    public void A_table_that_says_nothing_or_two_things_is_refused_with_its_line(string table, string expected)
    {
        File.WriteAllText(path, table);
        Assert.Contains(expected, Assert.Throws<SafePrivateTableException>(() => SafePrivateAttributes.Load(path)).Message);
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> StandardRows() =>
        ResourceTable.Rows(typeof(SafePrivateAttributes).Assembly, "safe-private-attributes.tsv").Where(row => row[2] != "SQ").Select(row => new TheoryDataRow<string, string, string>(row[0], row[1], row[2]));

    private static byte[] ValueOf(string vr) => vr switch
    {
        "US" or "SS" => [1, 0],
        "UL" or "SL" or "FL" => [1, 0, 0, 0],
        "FD" => BitConverter.GetBytes(0.5),
        "UI" => Even("1.2.3"),
        "DS" or "IS" => Even("12"),
        _ => Even("1.25:1"),
    };

    private static byte[] Even(string text) => Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + " ");

    private static DicomBytes Instance() => DicomBytes.File().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5").Text(0x00080060, "CS", "OT");
}
