using Microsoft.Extensions.Logging.Abstractions;
using Smi.Messaging.Brokers;
using Smi.Messaging.RabbitMq;

namespace Smi.Messaging.Tests;

/// <summary>A real broker that speaks TLS and wants certificates of its clients.</summary>
public sealed class RabbitTlsTests : IAsyncLifetime
{
    private readonly string _certificates = Directory.CreateTempSubdirectory("smi-tls-").FullName;
    private readonly RabbitServer _server;
    private RabbitOptions _plain = new();

    public RabbitTlsTests() => _server = new() { Prepare = folder => TestCertificates.Write(Path.Combine(folder, "tls")) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _plain = await _server.StartAsync();
        TestCertificates.Write(Path.Combine(_certificates, "stranger"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_certificates, recursive: true);
    }

    [Fact]
    public async Task Everything_goes_over_TLS_with_certificates_on_both_sides_and_nothing_without_them()
    {
        await using (var administration = RabbitBroker.ForAdministration(Options(Ours()), TimeProvider.System, NullLogger.Instance))
        {
            await administration.CreateAsync(TestTopology.Small, Cancellation);
            Assert.Empty(await administration.CheckAsync(TestTopology.Small, Cancellation));
        }

        await using (var broker = await OpenAsync(Ours()))
        {
            await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "Out" }, Cancellation);
            await using var consumer = await broker.OpenConsumerAsync(new() { Queue = "First" }, Cancellation);
            await publisher.PublishAsync([TestTopology.Message("over TLS")], Cancellation);
            Assert.Equal("over TLS", (await consumer.NextAsync()).Text());
        }

        await RefusedAsync(Ours() with { CertificateFile = null, KeyFile = null }, "TLS");
        await RefusedAsync(Ours() with { AuthorityFile = Path.Combine(_certificates, "stranger", "ca.pem") }, "TLS");
        await RefusedAsync(Ours() with { ServerName = "another.test" }, "TLS");
        await RefusedAsync(Ours() with { AuthorityFile = Path.Combine(_certificates, "nowhere.pem") }, "nowhere.pem");
    }

    private async Task RefusedAsync(RabbitTlsOptions tls, string what)
    {
        var fault = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(tls));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    private Task<RabbitBroker> OpenAsync(RabbitTlsOptions tls) => RabbitBroker.OpenAsync(Options(tls), TimeProvider.System, NullLogger.Instance, Cancellation);

    private RabbitTlsOptions Ours()
    {
        var folder = Path.Combine(_server.Folder, "tls");
        return new()
        {
            ServerName = TestCertificates.ServerName,
            AuthorityFile = Path.Combine(folder, "ca.pem"),
            CertificateFile = Path.Combine(folder, "client.pem"),
            KeyFile = Path.Combine(folder, "client.key"),
        };
    }

    private RabbitOptions Options(RabbitTlsOptions tls) => new()
    {
        HostName = "127.0.0.1",
        Port = _plain.Port + 4,
        ManagementPort = _plain.Port + 5,
        VirtualHost = "over-tls",
        Tls = tls,
    };
}
