using System.Text.RegularExpressions;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.Settings;

/// <summary>config/default.yaml says all that can be said, and nothing that nobody reads.</summary>
public sealed partial class DefaultSettingsTests
{
    private static readonly string Shipped = Path.Combine(Repository.Root, "config", "default.yaml");

    // Sections that default.yaml explains in a comment: present, they would change what it does.
    private static readonly (string After, string Section)[] Optional =
    [
        ("RabbitOptions:\n", "  Tls: { ServerName: a }\n"),
        ("CohortExtractorOptions:\n", "  Sql: { File: a.db, Tables: { CT: t } }\n"),
    ];

    [Fact]
    public void Every_key_that_it_has_is_read()
    {
        var settings = SettingsLoader.Load(Shipped);

        // The original's key, kept so that nobody misses it.
        Assert.All(settings.Notes, note => Assert.Contains("LogConfigFile", note, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_that_is_read_is_in_it_with_a_word_about_it()
    {
        var text = File.ReadAllText(Shipped);
        var whole = Optional.Aggregate(text, (yaml, optional) => yaml.Replace(optional.After, optional.After + optional.Section, StringComparison.Ordinal))
            .Replace("BlockLists: []", "BlockLists: [ { File: a.db, Table: t, Column: c } ]", StringComparison.Ordinal)
            .Replace("RejectorType: \"RejectNone\"", "RejectorType: \"DynamicRejector\"", StringComparison.Ordinal);
        var written = Key().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        var missing = SettingsLoader.Read(new StringReader(whole), Shipped).Keys.Where(key => !written.Contains(key.Split('.')[^1])).Order(StringComparer.Ordinal);

        Assert.True(!missing.Any(), string.Join(", ", missing));
    }

    // A key, also in a comment or in braces.
    [GeneratedRegex(@"(?<=[\s{#])""?([A-Za-z]+)""?:")]
    private static partial Regex Key();
}
