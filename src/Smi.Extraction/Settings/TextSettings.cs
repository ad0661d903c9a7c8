using Smi.Deid.Reports;
using Smi.Deid.Text;

namespace Smi.Extraction.Settings;

/// <summary>TextOptions: what is done about reports and other texts. Paths are absolute.</summary>
public sealed record TextSettings
{
    public TextReplacement Replacement { get; init; }

    public bool MonthFirst { get; init; }

    public UncleanableDocument UncleanableDocument { get; init; }

    /// <summary>Rule files in the form of SemEHR.</summary>
    public IReadOnlyList<string> RuleFiles { get; init; } = [];

    public string? DictionaryFolder { get; init; }
}
