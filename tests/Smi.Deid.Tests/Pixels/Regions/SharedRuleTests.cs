using Smi.Deid.Pixels.Regions;
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
