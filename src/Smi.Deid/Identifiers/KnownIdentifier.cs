using Smi.Dicom;

namespace Smi.Deid.Identifiers;

/// <summary>One identifying value of the original data set, decoded and trimmed. A class without a printing ToString: it holds a patient's value.</summary>
public sealed class KnownIdentifier
{
    public required IdentifierKind Kind { get; init; }

    public required string Value { get; init; }

    /// <summary>The attribute it came from.</summary>
    public required DicomTag Source { get; init; }
}
