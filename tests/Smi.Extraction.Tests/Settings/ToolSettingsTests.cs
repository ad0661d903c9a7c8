using Smi.Deid.Tools;
using Smi.Dicom;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.Settings;

public sealed class ToolSettingsTests
{
    private const string OriginalPaths =
        """
          VirtualEnvPath: /opt/venv
          DicomPixelAnonPath: /opt/dicompixelanon/src/applications/
          SmiServicesPath: /opt/SmiServices
          CtpAnonCliJar: /opt/ctp-anon-cli-0.7.0.jar
          CtpAllowlistScript: /opt/ctp-allowlist.script
          SRAnonymiserToolPath: /opt/StructuredReports/CTP_SRAnonTool.sh
        """;

    [Theory]
    [InlineData("DefaultAnonymiser", "ctp-anon-cli,sr-anon-tool,dicompixelanon")]
    [InlineData("SmiCtpAnonymiser", "ctp-anon-cli,sr-anon-tool")]
    [InlineData("BuiltIn", "")]
    public void The_original_s_types_choose_the_original_s_tools(string type, string tools) =>
        Assert.Equal(tools, string.Join(',', Read($"DicomAnonymiserOptions:\n  AnonymiserType: {type}\n{OriginalPaths}").Definitions.Select(tool => tool.Name)));

    [Theory]
    [InlineData("  AnonymiserType: BuiltIn\n  PixelsBy: DicomPixelAnon", "dicompixelanon")]
    [InlineData("  AnonymiserType: DefaultAnonymiser\n  TagsBy: BuiltIn", "sr-anon-tool,dicompixelanon")]
    [InlineData("  AnonymiserType: DefaultAnonymiser\n  ReportsBy: BuiltIn\n  PixelsBy: BuiltIn", "ctp-anon-cli")]
    public void Any_stage_can_be_given_to_our_engine_or_to_a_tool(string keys, string tools) =>
        Assert.Equal(tools, string.Join(',', Read($"DicomAnonymiserOptions:\n{keys}\n{OriginalPaths}").Definitions.Select(tool => tool.Name)));

    [Fact]
    public void Ctp_anon_cli_is_a_daemon_with_the_original_s_arguments()
    {
        var tool = Original("ctp-anon-cli");
        Assert.Equal(ToolProtocol.LineDaemon, tool.Protocol);
        Assert.Equal("READY", tool.Lines.Ready);
        Assert.True(tool.InsistsOnReadOnlyInput);
        Assert.Equal(
            "-jar /opt/ctp-anon-cli-0.7.0.jar --anon-script /opt/ctp-allowlist.script --sr-anon-tool false --daemonize",
            string.Join(' ', tool.Arguments.SkipWhile(argument => argument != "-jar")));
    }

    [Fact]
    public void SRAnonTool_gets_the_original_and_the_anonymised_file_and_its_folders()
    {
        var tool = Original("sr-anon-tool", "LoggingOptions: { LogsRoot: /var/log/smi }\n", "  SemEhrPath: /opt/semehr\n");
        Assert.Equal(["-s", "/opt/semehr", "-i", "{source}", "-o", "{target}"], tool.Arguments);
        Assert.Equal(ToolInput.Both, tool.Reads);
        Assert.Equal(["SR"], tool.Modalities);
        Assert.Equal("/opt/SmiServices", tool.Environment["SMI_ROOT"]);
        Assert.Equal("/var/log/smi", tool.Environment["SMI_LOGS_ROOT"]);
    }

    [Fact]
    public void Dicompixelanon_works_in_its_private_folder_and_its_virtual_environment()
    {
        var tool = Original("dicompixelanon");
        Assert.Equal("/opt/dicompixelanon/src/applications/dicom_pixel_anon.sh", tool.Command);
        Assert.Equal(["-D", "{work}/tmp", "-r", "{work}/in", "-o", "{work}/out", "{source}"], tool.Arguments);
        Assert.Equal("/opt/venv", tool.VirtualEnvironment);
        Assert.Equal(ToolStageKind.Pixels, tool.Stage);
    }

    [Fact]
    public void An_entry_with_the_name_of_an_original_tool_adjusts_it()
    {
        var tool = Read($"DicomAnonymiserOptions:\n  AnonymiserType: SmiCtpAnonymiser\n  KeepToolOutput: kept\n{OriginalPaths}\nTools:\n  ctp-anon-cli: {{ Command: /opt/jdk/bin/java, PoolSize: 3, FileLimit: 7 }}")
            .Definitions.Single(tool => tool.Name == "ctp-anon-cli");
        Assert.Equal("/opt/jdk/bin/java", tool.Command);
        Assert.Equal(3, tool.PoolSize);
        Assert.Equal(TimeSpan.FromSeconds(7), tool.Limits.File);
        Assert.Equal(ToolProtocol.LineDaemon, tool.Protocol);
        Assert.Equal("/somewhere/kept", tool.KeepOutputIn);
    }

    [Fact]
    public void Any_other_tool_is_described_in_full()
    {
        var tool = Assert.Single(Read(
            """
            Tools:
              ward-ocr:
                Stage: pixels
                Modalities: [US, SC]
                Command: bin/ocr
                Arguments: ["--in", "{source}", "--out", "{target}", "--kind", "{modality}"]
                VersionArguments: --version
                Protocol: line-daemon
                Ready: "ready"
                Request: "{source}\t{target}"
                Success: "done .*"
                Failure: "failed"
                Chatter: "#"
                Reads: edited
                Output: "{work}/out/result.dcm"
                Environment: { OMP_NUM_THREADS: 1 }
                SearchPath: [tools]
                VirtualEnvironment: venv
                WorkingDirectory: /opt
                PoolSize: 2
                StartLimit: 5
                FileLimit: 30
                IdleLimit: 60
                MemoryLimitInMB: 500
                FilesPerProcess: 1000
                Attempts: 3
                RestartDelay: 0.5
                SuccessCodes: [0, 4]
                ReadOnlyInput: true
                MayKeep: [StationName]
            """).Definitions);
        Assert.Equal("/somewhere/bin/ocr", tool.Command);
        Assert.Equal(["US", "SC"], tool.Modalities);
        Assert.Equal(ToolInput.Edited, tool.Reads);
        Assert.Equal(new ToolLimits { Start = TimeSpan.FromSeconds(5), File = TimeSpan.FromSeconds(30), Idle = TimeSpan.FromSeconds(60), Memory = 500L * 1024 * 1024, FilesPerProcess = 1000 }, tool.Limits);
        Assert.Equal(new LineProtocol { Ready = "ready", Request = "{source}\t{target}", Success = "done .*", Failure = "failed", Chatter = "#" }, tool.Lines);
        Assert.Equal([0, 4], tool.SuccessCodes);
        Assert.Equal("1", tool.Environment["OMP_NUM_THREADS"]);
        Assert.Equal([DicomTags.StationName], tool.MayKeep);
        Assert.Null(ToolDefinitionCheck.Fault(tool, "/tmp"));
    }

    [Theory]
    [InlineData("Tools:\n  a: { Command: x }", "line 2", "Stage is missing")]
    [InlineData("Tools:\n  a: { Stage: tags }", "line 2", "Command is missing")]
    [InlineData("Tools:\n  a: { Stage: tags, Command: x, Protocol: telnet }", "line 2", "one-shot, line-daemon, json-lines")]
    [InlineData("Tools:\n  a: { Stage: tags, Command: x, Poolsize: 3 }", "line 2", "did you mean PoolSize?")]
    [InlineData("Tools:\n  a: { Stage: tags, Command: x, MayKeep: [Stationname] }", "line 2", "no attribute's keyword")]
    [InlineData("Tools:\n  a: { Stage: tags, Command: x, SuccessCodes: [256] }", "line 2", "exit codes")]
    public void A_mistake_in_an_entry_is_named_with_its_line(string yaml, string line, string what)
    {
        var fault = Assert.Throws<SettingsException>(() => Read(yaml));
        Assert.Contains(line, fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    private static ToolDefinition Original(string name, string before = "", string more = "") =>
        Read($"{before}DicomAnonymiserOptions:\n  AnonymiserType: DefaultAnonymiser\n{more}{OriginalPaths}").Definitions.Single(tool => tool.Name == name);

    private static ToolSettings Read(string yaml) => SettingsLoader.Read(new StringReader(yaml), "/somewhere/test.yaml").Tools;
}
