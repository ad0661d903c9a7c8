using Smi.Deid.Tags.Ctp;
using Smi.Tests;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>docs/ctp-compatibility.md says what the code says.</summary>
public sealed class CtpCompatibilityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "ctp-compatibility.md"));

    public static TheoryData<string> Rows => [.. CtpDifferences.Safe.Concat(CtpDifferences.Strict).Select(Row)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Lists_each_difference_as_the_code_has_it(string row) => Assert.Contains(row, Page);

    [Fact]
    public void Lists_nothing_else()
    {
        var listed = Page.Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal(CtpDifferences.Safe.Count + CtpDifferences.Strict.Count, listed);
    }

    private static string Row(CtpDifference difference) =>
        $"| `{difference.Id}` | {difference.Original} | {difference.Here} | {difference.Reason} |";
}
