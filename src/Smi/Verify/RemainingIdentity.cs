using System.Text.RegularExpressions;
using Smi.Deid.Identifiers;
using Smi.Dicom;

namespace Smi.Verify;

/// <summary>Attributes that identify and hold something else than a pseudonym or a dummy value.</summary>
internal static partial class RemainingIdentity
{
    // What a policy may keep on purpose says nothing by itself.
    private static readonly IdentifierKind[] Telling =
        [IdentifierKind.PatientName, IdentifierKind.OtherPersonName, IdentifierKind.PatientId, IdentifierKind.Address, IdentifierKind.Phone, IdentifierKind.BirthDate];

    public static IEnumerable<string> Of(DicomFile file) =>
        IdentifierGatherer.Gather(file).All
            .Where(identifier => Telling.Contains(identifier.Kind) && !Replacement().IsMatch(identifier.Value))
            .Select(identifier => $"{identifier.Source} holds a value that is no pseudonym ({identifier.Kind})");

    [GeneratedRegex(@"^([A-Z2-7]{13,}\^?|ANONYMI[SZ]ED\^?|\[[A-Z]+\]|19000101)$")]
    private static partial Regex Replacement();
}
