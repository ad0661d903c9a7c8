namespace Smi.Extraction.IsIdentifiable;

/// <summary>What a part of a value seems to be; numbers and names are IsIdentifiable's.</summary>
public enum FailureClassification
{
    None = 0,
    PrivateIdentifier = 1,
    Location = 2,
    Person = 3,
    Organization = 4,
    Money = 5,
    Percent = 6,
    Date = 7,
    Time = 8,
    PixelText = 9,
    Postcode = 10,
}
