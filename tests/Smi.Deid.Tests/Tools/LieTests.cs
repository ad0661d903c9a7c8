using System.Diagnostics;
using System.Globalization;
using Smi.Deid.Tools;
using Smi.Deid.Tools.Pools;
using Smi.Tests;

namespace Smi.Deid.Tests.Tools;

/// <summary>Every lie of liar.py against every protocol it can be told in; the table of docs/tools.md is what happened here.</summary>
[Collection(ToolProcesses.Name)]
public sealed class LieTests
{
    private const string DocumentedTable = "## What happens when a tool misbehaves";

    // The longest a lie may keep us: its own limits, twice, and the start of a few processes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] OfDaemonsOnly =
    [
        "never ready", "dies before it is ready", "talks before it is ready", "echoes", "chatters", "answers something else", "says OK in another way",
        "answers for another request", "answers twice", "ends after its first answer", "refuses on two lines", "prints half a line and dies",
    ];

    private static readonly string[] OfAll =
    [
        "hangs", "dies", "is killed", "leaves helpers and dies", "leaves helpers and hangs", "leaves helpers and is done", "prints half a line and hangs",
        "prints garbage and hangs", "prints a megabyte of errors", "closes its output and hangs", "takes a lot of memory", "prints the patient's name",
        "locks its folder", "refuses", "writes nothing", "writes no DICOM", "writes a link to the original", "writes a pipe",
    ];

    public static TheoryData<string> Lies => [.. OfDaemonsOnly, .. OfAll];

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_lie_ends_as_documented_and_leaves_nothing_behind(string lie)
    {
        var row = Row(lie);
        Assert.True(Documented().Contains(row), $"not in docs/tools.md: {row}");
    }

    [Fact]
    public void Every_documented_lie_is_told() =>
        Assert.Equal(Lies.Select(lie => lie.Data).Order(StringComparer.Ordinal), Documented().Select(row => row.Split('|')[1].Trim()).Order(StringComparer.Ordinal));

    private static string Row(string lie)
    {
        var once = OfDaemonsOnly.Contains(lie) ? "–" : Happens(Liar.Once(lie));
        return $"| {lie} | {once} | {Happens(Liar.Lines(lie))} | {Happens(Liar.Json(lie))} |";
    }

    /// <summary>For lies that show after the answer only, a second file shows whether the first answer was clean.</summary>
    private static string Happens(ToolDefinition tool)
    {
        using var workplace = new ToolWorkplace();
        using var pool = workplace.Pool(tool with { Limits = tool.Limits with { Memory = 200L * 1024 * 1024 } });
        var outcome = Outcome(workplace, pool);
        if (tool.Protocol != ToolProtocol.OneShot && outcome is "done" or "refused")
        {
            Assert.Equal(outcome, Outcome(workplace, pool));
        }

        pool.Dispose();
        Assert.Empty(ToolWorkplace.RunningTools());
        Assert.All(workplace.Events, happening => Assert.DoesNotContain("Zimmermann", happening.Detail, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{outcome}, {workplace.Starts} started");
    }

    private static string Outcome(ToolWorkplace workplace, ToolPool pool)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = workplace.Run(pool);
            using var produced = result as ToolResult.Produced;
            return produced is not null ? "done" : "refused";
        }
        catch (ToolException fault)
        {
            Assert.DoesNotContain("Zimmermann", fault.Message, StringComparison.Ordinal);
            return $"fault ({fault.Kind})";
        }
        finally
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience);
        }
    }

    private static List<string> Documented()
    {
        var lines = File.ReadLines(Path.Combine(SharedFiles.RepositoryRoot, "docs", "tools.md"));
        return [.. lines.SkipWhile(line => line != DocumentedTable).Skip(1).SkipWhile(line => !line.StartsWith("| ---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|'))];
    }
}
