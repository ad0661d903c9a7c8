namespace Smi.Messaging.RabbitMq;

/// <summary>TLS towards the broker: PEM files. Without an authority file the machine's own trust store decides.</summary>
public sealed record RabbitTlsOptions
{
    /// <summary>The name that the broker's certificate must have; null: the host name.</summary>
    public string? ServerName { get; init; }

    public string? AuthorityFile { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }
}
