using Smi.Deid;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Profile;
using Smi.Extraction.PatientIds;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>Makes a policy of what was chosen, and refuses choices that contradict each other.</summary>
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

    /// <exception cref="UsageException">A word is unknown, a script has a fault, or choices contradict each other.</exception>
    public static DeidPolicy Parse(PolicyChoice choice)
    {
        var policy = choice.Tags == PolicyChoice.Basic ? Profile(choice) : Script(choice);
        return policy with
        {
            IssuerSeparatesPatients = choice.IssuerSeparatesPatients,
            PatientIds = choice.PatientIds is null ? null : OpenPatientIds(choice, choice.PatientIds),
            Text = choice.Texts is null ? policy.Text : TextPolicyOptions.Load(choice.Texts),
            Pixels = choice.Pixels is null ? policy.Pixels : PixelPolicyOptions.Load(choice.Pixels),
        };
    }

    /// <summary>Says on the error stream what is wrong with the files of a policy and lets nothing through.</summary>
    public static void TellWarnings(DeidPolicy policy, PolicyChoice choice)
    {
        foreach (var complaint in OriginalTables.Of(choice).Select(OriginalTables.Complaint).OfType<string>())
        {
            Console.Error.WriteLine($"smi: warning: {complaint}");
        }

        ScriptPolicy.TellWarnings(policy);
        PixelPolicyOptions.Warn(policy.Pixels);
        TextPolicyOptions.Warn(policy.Text);
    }

    private static DeidPolicy Profile(PolicyChoice choice)
    {
        if (choice.Lookup is not null || choice.IsStrict)
        {
            throw new UsageException("a lookup table and strict mode go with a script, not with the profile; name a script as tags");
        }

        var policy = new DeidPolicy
        {
            Retain = choice.Retain.Aggregate(RetainOptions.None, (all, word) => all | Find(Retains, "retain", word)),
            Clean = CleansOf(choice.Clean) ?? DeidentifierFactory.Built,
            SafePrivate = choice.SafePrivateTable is null ? SafePrivateAttributes.Standard : LoadSafePrivate(choice.SafePrivateTable),
        };
        if (choice.SafePrivateTable is not null && !policy.Retain.HasFlag(RetainOptions.SafePrivate))
        {
            throw new UsageException("a table of safe private attributes does nothing unless retain has safe-private; add the one or remove the other");
        }

        return policy.Contradiction is { } contradiction ? throw new UsageException($"retain: {contradiction}") : policy;
    }

    private static DeidPolicy Script(PolicyChoice choice)
    {
        if (choice.Retain.Count > 0 || choice.SafePrivateTable is not null)
        {
            throw new UsageException("retain options and a table of safe private attributes go with the profile (tags basic); a script says itself what is kept");
        }

        var cleans = CleansOf(choice.Clean);
        if (choice.IsStrict && cleans is not (null or CleanOptions.None))
        {
            throw new UsageException("strict mode adds nothing to what the script does, so there is nothing to clean; leave clean out or set it to none");
        }

        return ScriptPolicy.Load(choice.Tags, choice.Lookup, choice.IsStrict, choice.IsStrict ? CleanOptions.None : cleans ?? DeidentifierFactory.Built);
    }

    private static SafePrivateAttributes LoadSafePrivate(string path)
    {
        try
        {
            return SafePrivateAttributes.Load(path);
        }
        catch (SafePrivateTableException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static IPatientIdTable OpenPatientIds(PolicyChoice choice, PatientIdSettings settings)
    {
        if (choice.IsStrict)
        {
            throw new UsageException("strict mode adds nothing to what the script does, so it goes with no table of patient IDs");
        }

        if (choice.IssuerSeparatesPatients)
        {
            throw new UsageException("DeidOptions: a table of patient IDs knows no issuers, so PatientIds and IssuerSeparatesPatients contradict each other; remove one of them");
        }

        try
        {
            return PatientIdTables.Open(settings, warning => Console.Error.WriteLine($"smi: warning: {warning}"));
        }
        catch (PatientIdTableException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static CleanOptions? CleansOf(IReadOnlyList<string>? words) => words switch
    {
        null => null,
        ["none"] => CleanOptions.None,
        _ when words.Contains("none") => throw new UsageException("clean: none goes with no other word"),
        _ => words.Aggregate(CleanOptions.None, (all, word) => all | Find(Cleans, "clean", word)),
    };

    private static T Find<T>(Dictionary<string, T> known, string option, string word) =>
        known.TryGetValue(word, out var value) ? value : throw new UsageException($"{option} {word}: it is one of {string.Join(", ", known.Keys)}");
}
