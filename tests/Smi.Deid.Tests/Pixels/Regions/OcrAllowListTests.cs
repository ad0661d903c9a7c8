using Smi.Deid.Pixels.Regions;

namespace Smi.Deid.Tests.Pixels.Regions;

public sealed class OcrAllowListTests
{
    [Theory]
    [InlineData("AP ERECT", true)]
    [InlineData("ap erect", true)]
    [InlineData("AP ERECT Doe", false)]
    [InlineData("ERECT", true)]
    [InlineData("kv 80 mAs 5", true)]
    [InlineData("kv 80 mAs 5\n", false)]
    [InlineData("Left", true)]
    [InlineData("left", false)]
    [InlineData("Leftover", false)]
    [InlineData("", false)]
    public void Allows_a_text_only_as_a_whole(string text, bool isAllowed)
    {
        var list = OcrAllowList.Parse("list", ["(?i)(ap |pa )?erect$", "[kK]v [0-9]{2} mAs [0-9]$", "", "Left"]);

        Assert.Equal(isAllowed, list.Allows(text));
    }

    [Fact]
    public void Allows_nothing_because_of_an_expression_that_it_cannot_use()
    {
        var list = OcrAllowList.Parse("list", ["good", "(unclosed", @"(a)\1"]);

        Assert.Equal([2, 3], list.Findings.Select(finding => finding.Line));
        Assert.Equal(1, list.Count);
        Assert.False(list.Allows("aa"));
    }

    [Fact]
    public void Answers_soon_where_an_expression_makes_a_backtracking_engine_slow()
    {
        var list = OcrAllowList.Parse("list", ["(a+)+b"]);

        Assert.False(list.Allows(new string('a', 60)));
        Assert.True(list.Allows(new string('a', 60) + "b"));
    }

    [Theory]
    [InlineData("R", true)]
    [InlineData("LT AP ERECT", true)]
    [InlineData("MI 1.1", true)]
    [InlineData("Dist 12.4 mm", true)]
    [InlineData("Thk 2.5", true)]
    [InlineData("R Smith", false)]
    [InlineData("14.03.1952", false)]
    [InlineData("1234567", false)]
    [InlineData("ANN", false)]
    public void Ships_a_list_of_what_devices_write_and_no_name_date_or_number_of_a_patient(string text, bool isAllowed)
    {
        var list = OcrAllowList.Load(Path.Combine(Smi.Tests.SharedFiles.RepositoryRoot, "config", "allow-list.txt"));

        Assert.Empty(list.Findings);
        Assert.Equal(isAllowed, list.Allows(text));
    }

    [Fact]
    public void Ships_a_table_of_devices_without_faults()
    {
        var rules = RegionRules.Load([Path.Combine(Smi.Tests.SharedFiles.RepositoryRoot, "config", "devices.tsv")]);

        Assert.Empty(rules.Findings);
        Assert.InRange(rules.Count, 5, int.MaxValue);
    }
}
