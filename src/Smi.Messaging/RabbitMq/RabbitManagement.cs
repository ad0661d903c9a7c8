using System.Net.Http.Headers;
using System.Net.Sockets;
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
        _http = new HttpClient(Handler(options)) { BaseAddress = new Uri(Address(options)), Timeout = TimeSpan.FromSeconds(5) };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    private string VirtualHost => Uri.EscapeDataString(_options.VirtualHost);

    public Task<bool> CreateVirtualHostAsync(CancellationToken cancellation) => PutAsync($"vhosts/{VirtualHost}", [], cancellation);

    public Task<bool> CreateExchangeAsync(ExchangeDeclaration exchange, CancellationToken cancellation) => PutAsync(
        $"exchanges/{VirtualHost}/{Uri.EscapeDataString(exchange.Name)}",
        new JsonObject { ["type"] = exchange.Type, ["durable"] = true, ["internal"] = exchange.Internal },
        cancellation);

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

    // The name in the address is the one that the certificate must have; the connection goes to the host of the settings all the same.
    private static string Address(RabbitOptions options) => options.Tls is { } tls
        ? $"https://{tls.ServerName ?? options.HostName}:{options.ManagementPort}/api/"
        : $"http://{options.HostName}:{options.ManagementPort}/api/";

    private static SocketsHttpHandler Handler(RabbitOptions options) => options.Tls is not { } tls ? new() : new()
    {
        SslOptions = RabbitTls.ForHttp(tls, options.HostName),
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(options.HostName, options.ManagementPort, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

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
