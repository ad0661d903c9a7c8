namespace Smi.Deid.Identifiers;

/// <summary>What an identifier known from the original is; it decides how it is looked for.</summary>
public enum IdentifierKind
{
    /// <summary>A person name value (PS3.5 6.2.1) of the patient: components divided by ^, component groups by =.</summary>
    PatientName,

    /// <summary>A person name value of anybody else: physicians, operators, relatives.</summary>
    OtherPersonName,
    PatientId,

    /// <summary>Accession numbers, admission, order and other IDs.</summary>
    OtherId,
    BirthDate,
    Address,
    Phone,
    Institution,

    /// <summary>Device serial numbers, station names, and names of that kind.</summary>
    Device,
}
