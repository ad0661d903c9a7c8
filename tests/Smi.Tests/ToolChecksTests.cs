using Smi.Doctor;
using Smi.Extraction.Doctor;
using Smi.Extraction.Settings;

namespace Smi.Tests;

[Collection(ToolProcesses.Name)]
public sealed class ToolChecksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-tool-checks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_tool_is_found_and_answers_or_is_a_reason_not_to_go_live()
    {
        var checks = Run(
            """
            Tools:
              copies: { Stage: pixels, Command: cp, Arguments: ["{source}", "{target}"], VersionArguments: ["--version"] }
              absent: { Stage: tags, Command: /nowhere/tool, Arguments: ["{source}"] }
              refuses: { Stage: reports, Command: "false", Arguments: ["{source}"] }
              blind: { Stage: tags, Command: cp, Arguments: [] }
            """);

        Assert.Equal(["copies", "absent", "refuses", "blind"], checks.Select(check => check.Name));
        Assert.Equal([Verdict.Good, Verdict.NoGo, Verdict.NoGo, Verdict.NoGo], checks.Select(check => check.Verdict));
        Assert.Matches(@"^/.*/cp, version \d+\.\d+.*; the first file took \d", checks[0].Detail);
        Assert.Contains("is not there", checks[1].Detail, StringComparison.Ordinal);
        Assert.Contains("exit code 1", checks[2].Detail, StringComparison.Ordinal);
        Assert.Contains("would not know its file", checks[3].Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "work")));
    }

    [Fact]
    public void Without_tools_there_is_nothing_to_say() => Assert.Empty(Run("Tools: {}"));

    private IReadOnlyList<Check> Run(string yaml)
    {
        var text = $"DicomAnonymiserOptions: {{ ToolWorkFolder: work }}\n{yaml}";
        var settings = SettingsLoader.Read(new StringReader(text), Path.Combine(_folder, "settings.yaml"));
        return ToolChecks.Run(settings.Tools, TestContext.Current.CancellationToken);
    }
}
