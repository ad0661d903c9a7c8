using Smi.Deid.Identifiers;
using Smi.Dicom;

namespace Smi.Deid.Verification;

/// <summary>An identifier that is still there: where, and of what kind, not which.</summary>
/// <param name="Path">Tags from the outermost data set to the attribute, items in between by number.</param>
/// <param name="Value">Which value of a multi-valued attribute, zero based.</param>
/// <param name="Kind">What kind of identifier.</param>
/// <param name="Origin">The attribute of the original it is known from.</param>
/// <param name="IsText">The value is text that can be emptied without making the attribute invalid.</param>
public sealed record Finding(ElementPath Path, int Value, IdentifierKind Kind, DicomTag Origin, bool IsText);
