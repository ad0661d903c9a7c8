using Smi.Deid.Identifiers;
using Smi.Dicom;

namespace Smi.Deid.Verification;

/// <summary>An identifier that is still there: where, and of what kind, not which.</summary>
/// <param name="Path">Tags from the outermost data set to the attribute, items in between by number; empty for the file meta information.</param>
/// <param name="Kind">What kind of identifier.</param>
/// <param name="Origin">The attribute of the original it is known from.</param>
/// <param name="IsFreeText">The attribute can be emptied without making the object meaningless.</param>
public sealed record Finding(ElementPath Path, IdentifierKind Kind, DicomTag Origin, bool IsFreeText);
