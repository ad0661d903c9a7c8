namespace Smi.Deid;

/// <summary>CID 7050, De-identification Method (PS3.16).</summary>
public static class MethodCodes
{
    public const string BasicProfile = "113100";
    public const string CleanPixelData = "113101";
    public const string CleanGraphics = "113103";
    public const string CleanStructuredContent = "113104";
    public const string CleanDescriptors = "113105";
    public const string RetainFullDates = "113106";
    public const string RetainModifiedDates = "113107";
    public const string RetainPatientCharacteristics = "113108";
    public const string RetainDeviceIdentity = "113109";
    public const string RetainUids = "113110";
    public const string RetainSafePrivate = "113111";
    public const string RetainInstitutionIdentity = "113112";

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        [BasicProfile] = "Basic Application Confidentiality Profile",
        [CleanPixelData] = "Clean Pixel Data Option",
        [CleanGraphics] = "Clean Graphics Option",
        [CleanStructuredContent] = "Clean Structured Content Option",
        [CleanDescriptors] = "Clean Descriptors Option",
        [RetainFullDates] = "Retain Longitudinal Temporal Information Full Dates Option",
        [RetainModifiedDates] = "Retain Longitudinal Temporal Information Modified Dates Option",
        [RetainPatientCharacteristics] = "Retain Patient Characteristics Option",
        [RetainDeviceIdentity] = "Retain Device Identity Option",
        [RetainUids] = "Retain UIDs Option",
        [RetainSafePrivate] = "Retain Safe Private Option",
        [RetainInstitutionIdentity] = "Retain Institution Identity Option",
    };

    public static string Meaning(string code) => Meanings[code];
}
