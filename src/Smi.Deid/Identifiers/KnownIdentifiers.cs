namespace Smi.Deid.Identifiers;

/// <summary>Everything that identifies this patient and is known from the original data set, gathered before anything is edited.</summary>
public sealed class KnownIdentifiers
{
    public static readonly KnownIdentifiers None = new([]);

    public KnownIdentifiers(IReadOnlyList<KnownIdentifier> all) => All = all;

    public IReadOnlyList<KnownIdentifier> All { get; }

    public IEnumerable<KnownIdentifier> Of(IdentifierKind kind) => All.Where(identifier => identifier.Kind == kind);
}
