using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>Attributes of PS3.3 C.17 and C.24 that only the report stage names.</summary>
internal static class ReportTags
{
    public static readonly DicomTag ConceptNameCodeSequence = new(0x0040A043);
    public static readonly DicomTag PersonName = new(0x0040A123);
    public static readonly DicomTag ReferencedContentItemIdentifier = new(0x0040DB73);
    public static readonly DicomTag VerifyingObserverSequence = new(0x0040A073);
    public static readonly DicomTag VerificationFlag = new(0x0040A493);
    public static readonly DicomTag EncapsulatedDocumentLength = new(0x00420015);
}
