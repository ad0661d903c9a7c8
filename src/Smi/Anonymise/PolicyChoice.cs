using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>A policy in the words of the command line and of the settings, not yet checked.</summary>
internal sealed record PolicyChoice
{
    public const string Basic = "basic";

    /// <summary><see cref="Basic"/>, or the path of a CTP script.</summary>
    public string Tags { get; init; } = Basic;

    public IReadOnlyList<string> Retain { get; init; } = [];

    /// <summary>Null: every clean option that is built.</summary>
    public IReadOnlyList<string>? Clean { get; init; }

    /// <summary>The table that <c>@lookup</c> of a script reads.</summary>
    public string? Lookup { get; init; }

    public bool IsStrict { get; init; }

    /// <summary>A CSV of the site for retain safe-private.</summary>
    public string? SafePrivateTable { get; init; }

    public bool IssuerSeparatesPatients { get; init; }

    /// <summary>A table of the site in place of keyed pseudonyms.</summary>
    public PatientIdSettings? PatientIds { get; init; }

    public PixelSettings? Pixels { get; init; }

    public TextSettings? Texts { get; init; }

    /// <exception cref="UsageException">The settings name two tag policies.</exception>
    public static PolicyChoice Of(SmiSettings settings) => new()
    {
        Tags = TagsOf(settings),
        Retain = settings.Deid.Retain,
        Clean = settings.Deid.Clean.Count == 0 ? null : settings.Deid.Clean,
        Lookup = settings.Deid.Lookup,
        IsStrict = settings.Deid.CtpStrict,
        SafePrivateTable = settings.Deid.SafePrivateTable,
        IssuerSeparatesPatients = settings.Deid.IssuerSeparatesPatients,
        PatientIds = settings.Deid.PatientIds,
        Pixels = settings.Pixels,
        Texts = settings.Texts,
    };

    public static IReadOnlyList<string> Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string TagsOf(SmiSettings settings)
    {
        var (tags, script) = (settings.Deid.Tags, settings.DicomAnonymiser.CtpAllowlistScript);
        return tags is not null && script is not null && tags != script
            ? throw new UsageException("DicomAnonymiserOptions.CtpAllowlistScript and DeidOptions.Tags name two tag policies; remove one of them")
            : script ?? tags ?? Basic;
    }
}
