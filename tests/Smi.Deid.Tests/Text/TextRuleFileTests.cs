using System.Text;
using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Deid.Text.Rules;
using Smi.Tests;

namespace Smi.Deid.Tests.Text;

public sealed class TextRuleFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cuts_the_identifying_group_and_keeps_its_label()
    {
        var path = Write("""{"PHI_rules":{"x":[{"pattern":"(Zone code)\\: {0,}(\\w+)","flags":["ignorecase"],"data_labels":["label","name"],"data_type":"ID","test_true":["zone code: abc"]}]}}""");
        Assert.Equal("ZONE CODE: [ID] seen", TextCleaner.Load(null, [path]).Clean("ZONE CODE: alpha seen", KnownIdentifiers.None));
    }

    [Fact]
    public void A_disabled_rule_does_nothing()
    {
        Assert.Equal(0, Read("""{"PHI_rules":{"x":[{"pattern":"(.*)(nurse)","disabled":true}]}}""").Count);
    }

    [Fact]
    public void A_rule_that_fails_its_own_test_is_a_warning()
    {
        var file = Read("""{"PHI_rules":{"x":[{"pattern":"a+","test_true":["bbb"],"test_false":["aaa","c"]}]}}""");
        Assert.Equal(2, file.Warnings.Count);
    }

    [Theory]
    [InlineData("""{"PHI_rules":{"x":[{"pattern":"(a"}]}}""")]
    [InlineData("""{"PHI_rules":{"x":[{"flags":[]}]}}""")]
    [InlineData("""{"PHI_rules":{"x":[{"pattern":"a","flags":["loud"]}]}}""")]
    [InlineData("""{"rules":1}""")]
    [InlineData("not json")]
    public void A_file_that_cannot_be_followed_stops_loading(string json) => Assert.Throws<InvalidDataException>(() => Read(json));

    [Fact]
    public void A_rule_that_would_backtrack_for_ever_runs_out_of_time()
    {
        var path = Write("""{"PHI_rules":{"x":[{"pattern":"(?=z*)(?<!q)(a|aa)+$"}]}}""");
        var cleaner = TextCleaner.Load(null, [path]);
        Assert.Throws<TimeoutException>(() => cleaner.Clean(new string('a', 60) + "b", KnownIdentifiers.None));
    }

    [Fact]
    public void The_rule_files_of_the_field_load_unchanged()
    {
        foreach (var path in SharedRules()) Assert.NotEqual(0, TextRuleFile.Load(path).Count);
    }

    private static IEnumerable<string> SharedRules()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "smi.slnx"))) continue;
            var rules = Path.Combine(folder.Parent?.FullName ?? "", "shared", "rules", "semehr");
            return Directory.Exists(rules) ? Directory.EnumerateFiles(rules, "*.json") : [];
        }

        return [];
    }

    private static TextRuleFile Read(string json) => TextRuleFile.Read("test.json", new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private string Write(string json)
    {
        var path = folder.Below("rules.json");
        File.WriteAllText(path, json);
        return path;
    }
}
