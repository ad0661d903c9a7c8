using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>User and password: the environment wins over a password file, and that over the settings.</summary>
internal static class RabbitCredentials
{
    public const string UserVariable = "SMI_RABBITMQ_USERNAME";
    public const string PasswordVariable = "SMI_RABBITMQ_PASSWORD";

    public static (string User, string Password) Of(RabbitOptions options, Func<string, string?> environment) =>
        (environment(UserVariable) ?? options.UserName, environment(PasswordVariable) ?? FromFile(options.PasswordFile) ?? options.Password);

    private static string? FromFile(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? throw new BrokerException($"the password file {path} is empty");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BrokerException($"cannot read the password file {path}: {fault.Message}", fault);
        }
    }
}
