using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>Turns our TLS options into the client's.</summary>
internal static class RabbitTls
{
    public static SslOption Of(RabbitTlsOptions? tls, string host)
    {
        if (tls is null)
        {
            return new SslOption { Enabled = false };
        }

        try
        {
            return Build(tls, host);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BrokerException($"cannot use the TLS files of the broker settings: {fault.Message}", fault);
        }
    }

    /// <summary>The same certificates and authorities, for the management interface.</summary>
    public static SslClientAuthenticationOptions ForHttp(RabbitTlsOptions tls, string host)
    {
        var option = Of(tls, host);
        return new()
        {
            ClientCertificates = option.Certs,
            RemoteCertificateValidationCallback = option.CertificateValidationCallback,
        };
    }

    private static SslOption Build(RabbitTlsOptions tls, string host)
    {
        var option = new SslOption { Enabled = true, ServerName = tls.ServerName ?? host };
        if (tls.CertificateFile is not null)
        {
            option.Certs = [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)];
        }

        if (tls.AuthorityFile is not null)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(tls.AuthorityFile);
            option.CertificateValidationCallback = (_, certificate, _, errors) => IsIssuedBy(authorities, certificate, errors);
        }

        return option;
    }

    /// <summary>The name must fit and the chain must end in one of our authorities; the machine's trust store has no say.</summary>
    private static bool IsIssuedBy(X509Certificate2Collection authorities, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var candidate = new X509Certificate2(certificate);
        return chain.Build(candidate);
    }
}
