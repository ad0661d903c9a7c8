using Smi.Deid.Reports;

namespace Smi.Deid.Text;

/// <summary>What a site decides about texts: what takes the place of what is cut, and its own word lists and rules.</summary>
public sealed record TextPolicy
{
    public TextReplacement Replacement { get; init; }

    /// <summary>For surrogates: 03/04/2012 is the third of April, or, with true, the fourth of March.</summary>
    public bool MonthFirst { get; init; }

    /// <summary>What becomes of an encapsulated PDF that cannot be cleaned surely.</summary>
    public UncleanableDocument UncleanableDocument { get; init; }

    /// <summary>With the site's word lists and rules; null: what is built in, loaded when it is needed.</summary>
    public TextCleaner? Cleaner { get; init; }

    /// <summary>The texts of the site's files, for the fingerprint of the policy.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Everything that changes the output.</summary>
    public string Description => $"{Replacement}/{MonthFirst}/{UncleanableDocument}\n{string.Join('\n', Sources)}";

    public TextCleaner LoadCleaner() => Cleaner ?? TextCleaner.Load();
}
