namespace Smi.Deid;

/// <summary>The retain options of PS3.15 E.3, each a column of table E.1-1.</summary>
[Flags]
public enum RetainOptions
{
    None = 0,
    Uids = 1,
    DeviceIdentity = 2,
    InstitutionIdentity = 4,
    PatientCharacteristics = 8,
    LongitudinalFullDates = 16,
    LongitudinalModifiedDates = 32,
    SafePrivate = 64,
}
