using Smi.Deid.Tools;

namespace Smi.Deid.Tests.Tools;

/// <summary>The tool that lies: <c>liar.py</c>.</summary>
internal static class Liar
{
    public const string Python = "/usr/bin/python3";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    public static ToolDefinition Lines(string lie) => Of(lie) with
    {
        Protocol = ToolProtocol.LineDaemon,
        Arguments = [Script, lie, "lines"],
        Lines = new LineProtocol { Ready = "READY", Success = "OK", Failure = @"\[{source}:{target}\] " },
    };

    public static ToolDefinition Json(string lie) => Of(lie) with { Protocol = ToolProtocol.JsonLines, Arguments = [Script, lie, "json"] };

    public static ToolDefinition Once(string lie) => Of(lie) with { Protocol = ToolProtocol.OneShot, Arguments = [Script, lie, "once", "{source}", "{target}"] };

    private static string Script => Path.Combine(AppContext.BaseDirectory, "Tools", "liar.py");

    private static ToolDefinition Of(string lie) => new()
    {
        Name = "liar",
        Stage = ToolStageKind.Tags,
        Command = Python,
        PoolSize = 2,
        // Half a minute for machines that are busy with other tests; what must time out gets less.
        Limits = new ToolLimits { Start = lie == "never ready" ? TimeSpan.FromSeconds(0.5) : StartLimit, File = lie.Contains("hang", StringComparison.Ordinal) ? TimeSpan.FromSeconds(0.4) : StartLimit },
        RestartDelay = TimeSpan.Zero,
    };
}
