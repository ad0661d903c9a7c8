namespace Smi.Extraction.Settings;

/// <summary>DeidOptions: the policy in the words of the command line, and the key.</summary>
public sealed record DeidSettings
{
    public string? KeyFile { get; init; }

    /// <summary><c>basic</c>, or the path of a CTP script; null when the settings do not say.</summary>
    public string? Tags { get; init; }

    public IReadOnlyList<string> Retain { get; init; } = [];

    /// <summary>Empty: every clean option that is built.</summary>
    public IReadOnlyList<string> Clean { get; init; } = [];

    public bool CtpStrict { get; init; }

    public string? Lookup { get; init; }

    /// <summary>See <see cref="Smi.Deid.DeidPolicy.IssuerSeparatesPatients"/>.</summary>
    public bool IssuerSeparatesPatients { get; init; }

    /// <summary>A CSV of private attributes that are safe here, over the standard's; see docs/basic-profile.md.</summary>
    public string? SafePrivateTable { get; init; }

    /// <summary>Null: Patient IDs become keyed pseudonyms, or what a script makes of them.</summary>
    public PatientIdSettings? PatientIds { get; init; }
}
