using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Smi.Tests.Traces;

/// <summary>An OpenTelemetry collector on loopback that takes traces as OTLP/HTTP or as OTLP/gRPC, and keeps them.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private const int GrpcFrame = 5;
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<byte[]> _requests = [];

    private TraceCollector(bool grpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _web = builder.Build();
        _web.MapPost("/v1/traces", TakeHttpAsync);
        _web.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", TakeGrpcAsync);
    }

    public string Address => _web.Urls.Single();

    public IReadOnlyList<CollectedSpan> Spans => [.. _requests.SelectMany(request => OtlpReader.Read(request))];

    /// <summary>Everything that came, as it came.</summary>
    public IReadOnlyCollection<byte[]> Requests => _requests;

    public static async Task<TraceCollector> StartAsync(bool grpc = false)
    {
        var collector = new TraceCollector(grpc);
        await collector._web.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeHttpAsync(HttpContext context)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        _requests.Enqueue(await BodyAsync(context));
        context.Response.ContentType = "application/x-protobuf";
    }

    // A frame is a byte that says whether it is compressed, four bytes of length, and the message; the answer is an empty message.
    private async Task TakeGrpcAsync(HttpContext context)
    {
        _requests.Enqueue((await BodyAsync(context))[GrpcFrame..]);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcFrame], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
