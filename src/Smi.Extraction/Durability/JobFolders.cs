using System.Collections.Concurrent;
using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>The extraction directories of jobs, each a root of its own that output paths cannot leave.</summary>
internal sealed class JobFolders(RootGuard extractRoot)
{
    private readonly ConcurrentDictionary<string, ConfinedRoot> _known = new(StringComparer.Ordinal);

    /// <summary>Null when the directory is not there (yet).</summary>
    /// <param name="job">The job.</param>
    /// <param name="refusal">Set when the directory can never be used.</param>
    public ConfinedRoot? Find(Smi.Messaging.Messages.Extraction job, out string? refusal)
    {
        refusal = null;
        if (_known.TryGetValue(job.Directory, out var known) && Directory.Exists(known.Path))
        {
            return known;
        }

        var root = extractRoot.Open();
        if (root.Find(job.Directory) is not { } folder)
        {
            refusal = "the extraction directory leaves the extract root";
            return null;
        }

        if (!Directory.Exists(folder.FullPath))
        {
            return null;
        }

        if (!root.IsFreeOfLinks(folder))
        {
            refusal = "the extraction directory leads over a link";
            return null;
        }

        return _known[job.Directory] = new ConfinedRoot(folder.FullPath);
    }
}
