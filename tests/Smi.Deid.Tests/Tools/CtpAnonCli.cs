using Smi.Deid.Tools;

namespace Smi.Deid.Tests.Tools;

/// <summary>The real ctp-anon-cli, where somebody has it: SMI_TEST_CTP_ANON_CLI names the jar, SMI_TEST_CTP_SCRIPT a script.</summary>
internal static class CtpAnonCli
{
    private static readonly string? Jar = Environment.GetEnvironmentVariable("SMI_TEST_CTP_ANON_CLI");
    private static readonly string? Script = Environment.GetEnvironmentVariable("SMI_TEST_CTP_SCRIPT");

    public static ToolDefinition? Find() => Jar is null || Script is null ? null : new()
    {
        Name = "ctp-anon-cli",
        Stage = ToolStageKind.Tags,
        Command = "java",
        Arguments = ["-jar", Jar, "--anon-script", Script, "--sr-anon-tool", "false", "--daemonize"],
        Protocol = ToolProtocol.LineDaemon,
        Lines = new LineProtocol { Ready = "READY", Success = "OK", Failure = @"\[{source}:{target}\] " },
        InsistsOnReadOnlyInput = true,
        BreaksOnBlanks = true,
        PoolSize = 1,
    };
}
