using System.Security.Cryptography;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// The replacements that <c>@lookup</c> reads: lines <c>keytype/key=replacement</c> in the form of Java properties, UTF-8. Its text never
/// appears in a message, since it holds originals.
/// </summary>
public sealed class CtpLookupTable
{
    private const int MostIndirections = 10;
    private readonly Dictionary<string, string> entries;

    private CtpLookupTable(Dictionary<string, string> entries, string fingerprint) => (this.entries, Fingerprint) = (entries, fingerprint);

    public int Count => entries.Count;

    /// <summary>Of the file's bytes, for <see cref="DeidPolicy.RuleTexts"/>.</summary>
    public string Fingerprint { get; }

    /// <exception cref="CtpScriptException">The table is empty, has a key twice, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CtpLookupTable Load(string path)
    {
        var faults = new FaultLog(isStrict: false);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = File.ReadAllBytes(path);
        foreach (var (key, value, at) in PropertiesReader.Read(SourceText.Decode(bytes, faults)))
        {
            Add(entries, key.Trim(), JavaText.Trim(value.Text), at, faults);
        }

        if (entries.Count == 0)
        {
            faults.Broken(new Location(1, 1), "the lookup table is empty; its lines are keytype/key=replacement");
        }

        return faults.HasFatal ? throw new CtpScriptException(path, faults.InOrder) : new CtpLookupTable(entries, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>The replacement, through <c>@keytype/key</c> indirections; null when there is none.</summary>
    public string? Find(string keyType, string key)
    {
        var value = entries.GetValueOrDefault($"{JavaText.Trim(keyType)}/{JavaText.Trim(key)}");
        for (var count = 0; value is ['@', .. var next] && value.Contains('/', StringComparison.Ordinal); count++)
        {
            value = count < MostIndirections - 1 ? entries.GetValueOrDefault(JavaText.Trim(next)) : null;
        }

        return value;
    }

    private static void Add(Dictionary<string, string> entries, string key, string value, Location at, FaultLog faults)
    {
        if (!key.Contains('/', StringComparison.Ordinal))
        {
            faults.Broken(at, "the key has no key type; write keytype/key=replacement, and a blank, = or : in a key with \\ before it");
        }
        else if (!entries.TryAdd(key, value))
        {
            faults.Broken(at, "this key is there twice; a table that says two things says nothing: remove one of the lines");
        }
    }
}
