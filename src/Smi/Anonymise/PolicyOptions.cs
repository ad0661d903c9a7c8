using Smi.Deid;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>The policy that options on the command line describe.</summary>
internal static class PolicyOptions
{
    private static readonly Dictionary<string, RetainOptions> Retains = new(StringComparer.Ordinal)
    {
        ["uids"] = RetainOptions.Uids,
        ["device"] = RetainOptions.DeviceIdentity,
        ["institution"] = RetainOptions.InstitutionIdentity,
        ["patient"] = RetainOptions.PatientCharacteristics,
        ["full-dates"] = RetainOptions.LongitudinalFullDates,
        ["modified-dates"] = RetainOptions.LongitudinalModifiedDates,
        ["safe-private"] = RetainOptions.SafePrivate,
    };

    private static readonly Dictionary<string, CleanOptions> Cleans = new(StringComparer.Ordinal)
    {
        ["descriptors"] = CleanOptions.Descriptors,
        ["structured-content"] = CleanOptions.StructuredContent,
        ["graphics"] = CleanOptions.Graphics,
        ["pixels"] = CleanOptions.Pixels,
    };

    /// <exception cref="UsageException">A word is unknown, or options contradict each other.</exception>
    public static DeidPolicy Parse(string tags, string retain, string? clean, string? lookup = null, bool isStrict = false)
    {
        if (tags != "basic")
        {
            return retain.Length == 0
                ? ScriptPolicy.Load(tags, lookup, isStrict, CleansOf(clean))
                : throw new UsageException("--retain goes with --tags basic; a script says itself what is kept");
        }

        if (lookup is not null || isStrict)
        {
            throw new UsageException("--lookup and --ctp-strict go with a script; name one with --tags FILE");
        }

        var policy = new DeidPolicy
        {
            Retain = Words(retain).Aggregate(RetainOptions.None, (all, word) => all | Find(Retains, "--retain", word)),
            Clean = CleansOf(clean),
        };
        return policy.Contradiction is { } contradiction ? throw new UsageException($"--retain: {contradiction}") : policy;
    }

    private static CleanOptions CleansOf(string? clean) => clean switch
    {
        null => DeidentifierFactory.Built,
        "none" => CleanOptions.None,
        _ => Words(clean).Aggregate(CleanOptions.None, (all, word) => all | Find(Cleans, "--clean", word)),
    };

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static T Find<T>(Dictionary<string, T> known, string option, string word) =>
        known.TryGetValue(word, out var value) ? value : throw new UsageException($"{option} {word}: it is one of {string.Join(", ", known.Keys)}");
}
