using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>
/// Owns the one connection of this process. Whoever needs it asks; the first to ask after a loss connects again. Automatic recovery of the
/// client library is off: it would settle and declare things behind our back.
/// </summary>
internal sealed partial class RabbitConnector(RabbitOptions options, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IConnection? _connection;

    /// <summary>Why there is no connection at the moment.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The open connection, or one attempt to make one.</summary>
    public async Task<IConnection> ConnectAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_connection is { IsOpen: true })
            {
                return _connection;
            }

            await DropAsync();
            _connection = await OpenAsync(cancellation);
            Complaint = null;
            return _connection;
        }
        catch (BrokerException fault)
        {
            Complaint = fault.Message;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Tries with growing delays until there is a connection.</summary>
    public async Task<IConnection> ConnectPatientlyAsync(CancellationToken cancellation)
    {
        var delay = options.FirstRetryDelay;
        while (true)
        {
            try
            {
                return await ConnectAsync(cancellation);
            }
            catch (BrokerException fault)
            {
                LogRetry(log, fault.Message, delay.TotalSeconds);
            }

            await Task.Delay(delay, clock, cancellation);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, options.LongestRetryDelay.Ticks));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _turn.Dispose();
    }

    private async Task<IConnection> OpenAsync(CancellationToken cancellation)
    {
        var (user, password) = RabbitCredentials.Of(options, Environment.GetEnvironmentVariable);
        var factory = new ConnectionFactory
        {
            HostName = options.HostName,
            Port = options.Port,
            VirtualHost = options.VirtualHost,
            UserName = user,
            Password = password,
            Ssl = RabbitTls.Of(options.Tls, options.HostName),
            RequestedHeartbeat = options.Heartbeat,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            ClientProvidedName = options.ClientName,
        };
        try
        {
            var connection = await factory.CreateConnectionAsync(cancellation);
            await ProbeAsync(connection, cancellation);
            return connection;
        }
        catch (Exception fault) when (RabbitFaults.IsConnectionLoss(fault))
        {
            throw new BrokerException(Explain(fault, user), fault);
        }
    }

    /// <summary>The library reports a connection before the broker has agreed to the virtual host; a channel can only be had after that.</summary>
    private static async Task ProbeAsync(IConnection connection, CancellationToken cancellation)
    {
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            await channel.CloseAsync(cancellation);
            await channel.DisposeAsync();
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private string Explain(Exception fault, string user)
    {
        var where = $"RabbitMQ at {options.HostName}:{options.Port}";
        var causes = Causes(fault).ToList();

        // A broker may simply hang up on a client without a certificate.
        var how = options.Tls is not { } secure ? "" : secure.CertificateFile is null ? " over TLS without a client certificate" : " over TLS";
        return causes switch
        {
            _ when causes.OfType<AuthenticationFailureException>().Any() || causes.OfType<PossibleAuthenticationFailureException>().Any() =>
                $"{where} refuses user '{user}': check user and password (RabbitOptions, a password file, or {RabbitCredentials.PasswordVariable})",
            _ when causes.OfType<OperationInterruptedException>().FirstOrDefault() is { } refused =>
                $"{where} refuses virtual host '{options.VirtualHost}': {refused.ShutdownReason?.ReplyText}",
            _ when causes.OfType<System.Security.Authentication.AuthenticationException>().FirstOrDefault() is { } tls =>
                $"{where} could not agree on TLS: {tls.Message}",
            // TLS 1.3 tells a client after the handshake that its certificate is missing or not trusted.
            _ when options.Tls is not null && causes.Find(cause => cause.Message.Contains("SSL routines", StringComparison.Ordinal)) is { } alert =>
                $"{where} could not agree on TLS: {alert.Message}",
            _ when causes.OfType<SocketException>().FirstOrDefault() is { } socket => $"{where} cannot be reached{how}: {socket.Message}",
            _ => $"{where} cannot be reached{how}: {causes[^1].Message}",
        };
    }

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
            if (cause is AggregateException { InnerExceptions: var several })
            {
                foreach (var inner in several.Skip(1).SelectMany(Causes))
                {
                    yield return inner;
                }
            }
        }
    }

    private async Task DropAsync()
    {
        if (_connection is not { } old)
        {
            return;
        }

        _connection = null;
        try
        {
            await old.CloseAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception fault) when (RabbitFaults.IsConnectionLoss(fault))
        {
            // It was lost already.
        }

        await old.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Complaint}; trying again in {Seconds} s")]
    private static partial void LogRetry(ILogger log, string complaint, double seconds);
}
