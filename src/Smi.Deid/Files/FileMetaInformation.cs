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
        meta.SetString(DicomTags.MediaStorageSopClassUid, VR.UI, edited.GetStrings(DicomTags.SopClassUid).FirstOrDefault(""));
        meta.SetString(DicomTags.MediaStorageSopInstanceUid, VR.UI, edited.GetStrings(DicomTags.SopInstanceUid).FirstOrDefault(""));
        meta.SetString(DicomTags.ImplementationClassUid, VR.UI, ImplementationClassUid);
        meta.SetString(DicomTags.ImplementationVersionName, VR.SH, ImplementationVersionName);
        return meta;
    }
}
