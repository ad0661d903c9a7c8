using System.Security.Cryptography;
using System.Text;
using Smi.Deid.Pseudonyms;
using StackExchange.Redis;

namespace Smi.Extraction.PatientIds;

/// <summary>
/// A Redis in front of a table. Keys are SHA-256 of table and folded Patient ID, so that no original stands in it; entries live for a day.
/// While it is away the table is asked alone.
/// </summary>
internal sealed class RedisPatientIdTable : IPatientIdTable, IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private readonly IPatientIdTable table;
    private readonly ConnectionMultiplexer redis;
    private readonly Action<string> warn;

    // 1 while the cache is away, so that one warning is given for each time that it goes.
    private int isAway;

    private RedisPatientIdTable(IPatientIdTable table, ConnectionMultiplexer redis, Action<string> warn) =>
        (this.table, this.redis, this.warn) = (table, redis, warn);

    public string Description => table.Description;

    /// <exception cref="PatientIdTableException">The Redis does not answer.</exception>
    public static RedisPatientIdTable Open(IPatientIdTable table, string connectionString, Action<string> warn)
    {
        try
        {
            return new RedisPatientIdTable(table, ConnectionMultiplexer.Connect(connectionString), warn);
        }
        catch (Exception fault) when (fault is RedisException or ArgumentException)
        {
            // The message may quote the connection string with its password.
            throw new PatientIdTableException($"DeidOptions.PatientIds.RedisConnectionString: the Redis does not answer ({fault.GetType().Name}); leave it empty for none");
        }
    }

    public string? Find(string original)
    {
        var key = KeyOf(original);
        if (Try(() => (string?)redis.GetDatabase().StringGet(key)) is { } cached && PatientIdText.Fault(cached) is null)
        {
            return cached;
        }

        if (table.Find(original) is not { } found)
        {
            return null;
        }

        Try(() => redis.GetDatabase().StringSet(key, found, Lifetime) ? found : null);
        return found;
    }

    public void Dispose() => redis.Dispose();

    private string KeyOf(string original) =>
        "smi:patient-id:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{table.Description}\n{PatientIdText.Fold(original)}")));

    private string? Try(Func<string?> command)
    {
        try
        {
            var result = command();
            if (Interlocked.Exchange(ref isAway, 0) == 1)
            {
                warn("the Redis in front of the table of patient IDs answers again");
            }

            return result;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            if (Interlocked.Exchange(ref isAway, 1) == 0)
            {
                warn($"the Redis in front of the table of patient IDs does not answer ({fault.GetType().Name}); the table is asked alone");
            }

            return null;
        }
    }
}
