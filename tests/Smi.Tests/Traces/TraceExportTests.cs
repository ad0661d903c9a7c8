using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.Settings;
using Smi.Extraction.Tracing;
using Smi.Services;

namespace Smi.Tests.Traces;

public sealed class TraceExportTests
{
    [Theory]
    [InlineData(TraceProtocol.HttpProtobuf)]
    [InlineData(TraceProtocol.Grpc)]
    public async Task Spans_go_to_the_endpoint_of_the_settings_by_either_protocol(TraceProtocol protocol)
    {
        await using var collector = await TraceCollector.StartAsync(grpc: protocol == TraceProtocol.Grpc);
        using var source = new ActivitySource(Spans.SourceName);
        var name = $"test {Guid.NewGuid()}";

        using (TraceExport.Start(new() { Endpoint = new Uri(collector.Address), Protocol = protocol }, "Tester", NullLogger.Instance))
        {
            source.StartActivity(name)?.Dispose();
        }

        Assert.Equal("Tester", Assert.Single(collector.Spans, span => span.Name == name).Service);
    }

    [Fact]
    public void A_collector_that_does_not_answer_is_told_of_once_and_holds_up_nothing()
    {
        var log = new RecordingLog();
        using var source = new ActivitySource(Spans.SourceName);
        var started = Stopwatch.GetTimestamp();

        using (TraceExport.Start(new() { Endpoint = new Uri("http://user:secret@127.0.0.1:1") }, "Tester", log))
        {
            source.StartActivity("lost")?.Dispose();
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
        Assert.Equal("Information: Traces are sent to http://127.0.0.1:1", log.Lines.First());
        Assert.StartsWith("Warning: Traces cannot be sent", Assert.Single(log.Lines.Skip(1)));
    }

    [Fact]
    public void Nothing_is_sent_unless_settings_or_environment_name_an_endpoint()
    {
        var named = new TracingSettings { Endpoint = new Uri("http://127.0.0.1:1") };

        Assert.False(TraceExport.IsWanted(new(), _ => null));
        Assert.False(TraceExport.IsWanted(new(), _ => ""));
        Assert.True(TraceExport.IsWanted(named, _ => null));
        Assert.True(TraceExport.IsWanted(new(), name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://127.0.0.1:1" : null));
        Assert.True(TraceExport.IsWanted(new(), name => name == "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" ? "http://127.0.0.1:1" : null));
        Assert.False(TraceExport.IsWanted(named, name => name == "OTEL_SDK_DISABLED" ? "true" : null));
    }
}
