using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Smi.Extraction.Hosting;

/// <summary>/health/live, /health/ready and /metrics, on loopback unless the settings say otherwise.</summary>
internal sealed partial class HealthPages : IAsyncDisposable
{
    private readonly WebApplication? _web;

    private HealthPages(WebApplication? web) => _web = web;

    public static async Task<HealthPages> StartAsync(ServiceContext context, CancellationToken cancellation)
    {
        var settings = context.Settings.Health;
        if (!settings.Enabled)
        {
            return new(null);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{settings.Address}:{settings.Port}");
        var web = builder.Build();
        web.Run(request => AnswerAsync(request, context));
        await web.StartAsync(cancellation);
        var addresses = string.Join(", ", web.Urls);
        var log = context.Logs.CreateLogger("Health");
        LogAddress(log, addresses);
        return new(web);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }
    }

    private static async Task AnswerAsync(HttpContext request, ServiceContext context)
    {
        var obstacles = context.Readiness.Obstacles.Concat(context.Broker.Complaints).ToList();
        var (status, text) = request.Request.Path.Value switch
        {
            "/health/live" => (StatusCodes.Status200OK, "live\n"),
            "/health/ready" when obstacles.Count == 0 => (StatusCodes.Status200OK, "ready\n"),
            "/health/ready" => (StatusCodes.Status503ServiceUnavailable, string.Join('\n', obstacles) + "\n"),
            "/metrics" => (StatusCodes.Status200OK, context.Metrics.Render()),
            _ => (StatusCodes.Status404NotFound, "there are /health/live, /health/ready and /metrics\n"),
        };
        request.Response.StatusCode = status;
        request.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await request.Response.WriteAsync(text, request.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Health and metrics: {Address}")]
    private static partial void LogAddress(ILogger log, string address);
}
