using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>What became of the search for the place of an output.</summary>
internal abstract record OutputSearch
{
    private OutputSearch()
    {
    }

    public sealed record Found(ConfinedPath Output) : OutputSearch;

    /// <summary>The extraction directory is not there; to be looked for again.</summary>
    public sealed record NotYet(TimeSpan Delay) : OutputSearch;

    public sealed record Refused(string Reason) : OutputSearch;
}
