using Smi.Tests;

namespace Smi.Deid.Tests.Text;

public sealed class ReportsPageTests
{
    [Fact]
    public void Every_text_of_the_page_comes_out_as_the_page_says()
    {
        var page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "reports.md"));
        var rows = page[page.IndexOf("| before | after |", StringComparison.Ordinal)..].Split('\n').Skip(2).Where(row => row.StartsWith('|')).Select(row => row.Trim('|').Split('|')).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(row[1].Trim(), CleanerFixture.Clean(row[0].Trim())));
    }
}
