using System.Collections.Concurrent;
using Smi.Deid.Pseudonyms;

namespace Smi.Extraction.PatientIds;

/// <summary>Remembers what a slower table has said, since the files of a patient come together. Missing entries are asked for again.</summary>
internal sealed class RememberedPatientIdTable(IPatientIdTable table) : IPatientIdTable
{
    private const int MostRemembered = 100_000;
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    public string Description => table.Description;

    public string? Find(string original)
    {
        var key = PatientIdText.Fold(original);
        if (known.TryGetValue(key, out var replacement))
        {
            return replacement;
        }

        if (table.Find(original) is not { } found)
        {
            return null;
        }

        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        known[key] = found;
        return found;
    }
}
