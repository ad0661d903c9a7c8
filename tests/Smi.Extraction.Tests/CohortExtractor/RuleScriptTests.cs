using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortExtractor.Rules;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.CohortExtractor;

public sealed class RuleScriptTests
{
    private const string OriginalForm = """
        // Comments, and '#' in them, are left out
        if (!System.Convert.ToBoolean(row["IsOriginal"]))
        {
            return "not original";
        }
        if (!System.Convert.ToBoolean(row["IsExtractable"]))
        {
            return row["Reason"] as string;
        }

        return null;
        """;

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, "not original")]
    [InlineData(true, false, "because")]
    public async Task A_rule_file_in_the_original_form_rejects_with_its_reason(bool original, bool extractable, string? reason) =>
        Assert.Equal(reason, await RejectAsync(OriginalForm, ("IsOriginal", original), ("IsExtractable", extractable), ("Reason", "because")));

    [Theory]
    [InlineData("if (row[\"A\"] == \"x\" || row[\"N\"] > 3) return \"yes\"; return null;", null)]
    [InlineData("if (row[\"A\"].ToString().Contains(\"b\") && !(row[\"N\"] >= 3)) return \"yes\"; else return \"no\";", "yes")]
    [InlineData("if (row[\"Empty\"] is null) { return \"empty\"; } return null;", "empty")]
    [InlineData("if (row[\"Empty\"] == DBNull.Value) { return \"empty\"; } return null;", "empty")]
    [InlineData("if (string.IsNullOrWhiteSpace(row[\"Empty\"]?.ToString())) return \"blank\"; return null;", "blank")]
    [InlineData("if (row[\"N\"] != 2) return \"other\"; return null;", null)]
    public async Task Comparisons_and_logic_mean_what_they_mean_in_C_sharp(string script, string? reason) =>
        Assert.Equal(reason, await RejectAsync(script, ("A", "abc"), ("N", 2L), ("Empty", null)));

    [Theory]
    [InlineData("return null", "line 1")]
    [InlineData("var x = 1;\nreturn null;", "line 1")]
    [InlineData("if (true)\n  return File.ReadAllText(\"x\");\nreturn null;", "line 2")]
    [InlineData("if (row[\"A\"] =! 1) return null;", "line 1")]
    [InlineData("return \"no end;", "line 1")]
    public void What_is_not_understood_is_an_error_with_its_line(string script, string line) =>
        Assert.Contains(line, Assert.Throws<SettingsException>(() => RuleScript.Parse(script, "rules.txt")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("return row[\"NoSuchColumn\"] as string;")]
    [InlineData("if (row[\"A\"]) return \"x\"; return null;")]
    [InlineData("if (row[\"A\"] == \"x\") return \"x\";")]
    public async Task A_script_that_cannot_decide_fails_and_accepts_nothing(string script) =>
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => RejectAsync(script, ("A", "abc")));

    private static async Task<string?> RejectAsync(string script, params (string Name, object? Value)[] columns)
    {
        var file = new CandidateFile { Key = "1", FilePath = "f", Columns = columns.ToDictionary(column => column.Name, column => column.Value) };
        return (await RuleScript.Parse(script, "rules.txt").RejectAsync([file], TestContext.Current.CancellationToken))[0];
    }
}
