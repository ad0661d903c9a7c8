using Smi.Deid.Files;

namespace Smi.Deid;

/// <summary>One file to de-identify. Immutable.</summary>
public sealed class DeidJob
{
    public required ConfinedPath Source { get; init; }

    /// <summary>Null when the file is named by its new UID under <see cref="OutputRoot"/>.</summary>
    public ConfinedPath? Output { get; init; }

    /// <summary>Where outputs go when they are named by what the file became: study / series / instance.dcm.</summary>
    public ConfinedRoot? OutputRoot { get; init; }

    /// <summary>The project whose key makes the pseudonyms.</summary>
    public string Project { get; init; } = "";

    /// <summary>When the job was submitted; scripts that ask for the date get this one.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Replace a target that has other bytes instead of refusing.</summary>
    public bool Overwrite { get; init; }
}
