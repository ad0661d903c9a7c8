using Smi.Dicom;

namespace Smi.Deid.Files;

/// <summary>Group 0002 of what we write (PS3.10 7.1): rebuilt, never copied.</summary>
internal static class FileMetaInformation
{
    private const string ImplementationClassUid = "2.25.279838110402834903371512436711541205193";
    private const string ImplementationVersionName = "SMI_DEID_1";

    public static DicomDataSet For(DicomDataSet edited)
    {
        var meta = new DicomDataSet();
        meta.Set(new ValueElement(DicomTags.FileMetaInformationVersion, VR.OB, new byte[] { 0, 1 }));
        SetUid(meta, DicomTags.MediaStorageSopClassUid, edited, DicomTags.SopClassUid);
        SetUid(meta, DicomTags.MediaStorageSopInstanceUid, edited, DicomTags.SopInstanceUid);
        meta.SetString(DicomTags.ImplementationClassUid, VR.UI, ImplementationClassUid);
        meta.SetString(DicomTags.ImplementationVersionName, VR.SH, ImplementationVersionName);
        return meta;
    }

    // A data set without the UID has no file meta information that would be valid; one that says nothing misleads nobody.
    private static void SetUid(DicomDataSet meta, DicomTag tag, DicomDataSet edited, DicomTag source)
    {
        if (edited.GetStrings(source) is [{ Length: > 0 } uid, ..])
        {
            meta.SetString(tag, VR.UI, uid);
        }
    }
}
