using System.Text.Json;
using Smi.Extraction.Tests.Workflow;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Tests;
using YamlDotNet.RepresentationModel;

namespace Smi.Extraction.Tests.Hosting;

/// <summary>Dashboard and alerts ask for what a working service exposes: names, labels, and values of labels.</summary>
public sealed class DashboardTests
{
    private const string Dashboard = "docs/operating/grafana-dashboard.json";
    private const string Alerts = "docs/operating/alerts.yaml";

    [Fact]
    public async Task Every_query_of_dashboard_and_alerts_finds_what_it_asks_for()
    {
        var exposed = new ExposedMetrics(await WorkAsync());
        List<Query> queries = [.. OfDashboard(), .. OfAlerts()];

        Assert.True(queries.Count(query => query.Selectors.Any()) >= 12);
        Assert.Empty(queries.SelectMany(query => query.Complaints(exposed)));
    }

    [Theory]
    [InlineData("sum by (result) (rate(smi_files_total[5m]))", "", "no label result")]
    [InlineData("smi_files_total{outcome=\"refuse\"}", "", "no outcome like refuse")]
    [InlineData("smi_file_total", "", "not exposed")]
    [InlineData("sum by (outcome) (smi_files_total)", "{{stage}}", "the legend")]
    public void A_query_that_would_find_nothing_is_noticed(string query, string legend, string complaint)
    {
        var exposed = new ExposedMetrics("# TYPE smi_files_total counter\nsmi_files_total{outcome=\"refused\",stage=\"read\"} 1\n");

        Assert.Contains(complaint, Assert.Single(new Query(query, legend).Complaints(exposed)), StringComparison.Ordinal);
    }

    /// <summary>The page of an anonymiser that has seen good and bad files, an unreadable message and a fault.</summary>
    private static async Task<string> WorkAsync()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        await using var scene = await Scene.OpenAsync(deployment, new HurriedClock());
        await scene.PublishAsync(
            new OutgoingMessage { Header = MessageHeader.Root("Test", TimeProvider.System), Body = "{}"u8.ToArray(), RoutingKey = "anon" },
            Ask(deployment, sample, "a.dcm"), Ask(deployment, "../outside.dcm", "b.dcm"), Ask(deployment, "missing.dcm", "c.dcm"));
        var once = new CallingStage(times: 1, _ => throw new TimeoutException());
        string[] awaited = ["smi_queue_messages{", "\"anonymised\"", "\"refused\"", "\"missing\"", "\"rejected\"", "smi_retries_total{"];

        await WorkflowTests.RunUntilAsync(
            scene.Context, [deployment.Anonymiser(scene.Context, once)], () => scene.Context.Metrics.Render() is var page && awaited.All(page.Contains));
        return scene.Context.Metrics.Render();
    }

    private static OutgoingMessage Ask(Deployment deployment, string source, string output) => OutgoingMessage.Root(
        new ExtractFileMessage { Extraction = deployment.Job(), DicomFilePath = source, OutputPath = output }, "Test", TimeProvider.System, "anon");

    private static IEnumerable<Query> OfDashboard()
    {
        using var dashboard = JsonDocument.Parse(Read(Dashboard));
        return
        [
            .. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
               from target in panel.GetProperty("targets").EnumerateArray()
               select new Query(target.GetProperty("expr").GetString() ?? "", target.GetProperty("legendFormat").GetString() ?? ""),
        ];
    }

    private static IEnumerable<Query> OfAlerts()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Read(Alerts)));
        return stream.Documents[0].RootNode.AllNodes.OfType<YamlMappingNode>().Where(node => node.Children.ContainsKey("expr")).Select(node => new Query($"{node["expr"]}"));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, file));
}
