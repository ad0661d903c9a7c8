using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>What became of the search for the two files of a message.</summary>
internal abstract record PathSearch
{
    private PathSearch()
    {
    }

    public sealed record Found(ConfinedPath Source, ConfinedPath Output) : PathSearch;

    /// <summary>The extraction directory is not there; to be looked for again.</summary>
    public sealed record NotYet(TimeSpan Delay) : PathSearch;

    public sealed record Refused(string Reason) : PathSearch;
}
