using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>The few things that AMQP cannot do: virtual hosts, policies, and seeing bindings. Every answer may be "not reached".</summary>
internal sealed class RabbitManagement : IDisposable
{
    public const string PolicyName = "deadLetterExtract";

    private readonly RabbitOptions _options;
    private readonly HttpClient? _http;

    public RabbitManagement(RabbitOptions options)
    {
        _options = options;
        if (options.ManagementPort == 0)
        {
            return;
        }

        var (user, password) = RabbitCredentials.Of(options, Environment.GetEnvironmentVariable);
        _http = new HttpClient { BaseAddress = new Uri($"{(options.Tls is null ? "http" : "https")}://{options.HostName}:{options.ManagementPort}/api/"), Timeout = TimeSpan.FromSeconds(5) };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    private string VirtualHost => Uri.EscapeDataString(_options.VirtualHost);

    public Task<bool> CreateVirtualHostAsync(CancellationToken cancellation) => PutAsync($"vhosts/{VirtualHost}", [], cancellation);

    public Task<bool> SetDeadLetterPolicyAsync(string exchange, CancellationToken cancellation) => PutAsync(
        $"policies/{VirtualHost}/{PolicyName}",
        new JsonObject
        {
            ["pattern"] = "",
            ["apply-to"] = "queues",
            ["priority"] = 0,
            ["definition"] = new JsonObject { ["dead-letter-exchange"] = exchange },
        },
        cancellation);

    /// <summary>Null when the interface cannot be reached.</summary>
    public async Task<IReadOnlySet<BindingDeclaration>?> ReadBindingsAsync(CancellationToken cancellation)
    {
        try
        {
            if (_http is null)
            {
                return null;
            }

            await using var answer = await _http.GetStreamAsync($"bindings/{VirtualHost}", cancellation);
            using var document = await JsonDocument.ParseAsync(answer, cancellationToken: cancellation);
            return document.RootElement.EnumerateArray().Select(Binding).ToHashSet();
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            return null;
        }
    }

    public void Dispose() => _http?.Dispose();

    private static BindingDeclaration Binding(JsonElement binding) =>
        new(Text(binding, "source"), Text(binding, "routing_key"), Text(binding, "destination"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private async Task<bool> PutAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        try
        {
            if (_http is null)
            {
                return false;
            }

            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await _http.PutAsync(new Uri(path, UriKind.Relative), content, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            return false;
        }
    }

    private static bool IsUnreachable(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or JsonException or KeyNotFoundException
        || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);
}
