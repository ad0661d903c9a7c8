namespace Smi.Messaging.RabbitMq;

/// <summary>How to reach a RabbitMQ broker. A class without a printing ToString: it holds a password.</summary>
public sealed class RabbitOptions
{
    public string HostName { get; init; } = "localhost";

    public int Port { get; init; } = 5672;

    public string VirtualHost { get; init; } = "/";

    public string UserName { get; init; } = "guest";

    public string Password { get; init; } = "guest";

    /// <summary>A file whose first line is the password; it wins over <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Null: no TLS.</summary>
    public RabbitTlsOptions? Tls { get; init; }

    /// <summary>Port of the management interface, used by setup and checks only; 0 when there is none.</summary>
    public int ManagementPort { get; init; } = 15672;

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a consumer asks the broker whether it is still known there.</summary>
    public TimeSpan WatchdogInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shown in the management interface.</summary>
    public string ClientName { get; init; } = "smi";
}
