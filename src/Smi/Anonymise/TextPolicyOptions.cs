using Smi.Deid.Text;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>The text policy that the settings describe; a site's word lists and rules are read and checked before the first file is touched.</summary>
internal static class TextPolicyOptions
{
    /// <exception cref="UsageException">A word list or a rule file cannot be read or understood.</exception>
    public static TextPolicy Load(TextSettings settings)
    {
        var policy = new TextPolicy { Replacement = settings.Replacement, MonthFirst = settings.MonthFirst, UncleanableDocument = settings.UncleanableDocument };
        if (settings.RuleFiles.Count == 0 && settings.DictionaryFolder is null)
        {
            return policy;
        }

        try
        {
            return policy with { Cleaner = TextCleaner.Load(settings.DictionaryFolder, settings.RuleFiles), Sources = [.. Files(settings).Select(File.ReadAllText)] };
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"TextOptions: {fault.Message}");
        }
    }

    /// <summary>What rule files say wrongly without danger, one line each.</summary>
    public static void Warn(TextPolicy policy)
    {
        foreach (var warning in policy.Cleaner?.Warnings ?? [])
        {
            Console.Error.WriteLine($"smi: warning: {warning}");
        }
    }

    private static IEnumerable<string> Files(TextSettings settings) =>
        settings.DictionaryFolder is { } folder ? Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Concat(settings.RuleFiles) : settings.RuleFiles;
}
