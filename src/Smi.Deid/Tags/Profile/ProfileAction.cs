namespace Smi.Deid.Tags.Profile;

/// <summary>What is done to an attribute (PS3.15 E.1.1).</summary>
public enum ProfileAction
{
    /// <summary>X.</summary>
    Remove,

    /// <summary>Z: zero length; the name and ID of the patient become their pseudonyms.</summary>
    Empty,

    /// <summary>D: a dummy value of the right VR.</summary>
    Dummy,

    /// <summary>K; the content of a sequence is treated attribute by attribute.</summary>
    Keep,

    /// <summary>U: a UID of our own, the same for the same original.</summary>
    ReplaceUid,

    /// <summary>C of Clean Descriptors: what identifies is cut out of the text.</summary>
    CleanText,

    /// <summary>As CleanText, but only what the header knows: makers and their products are called after people and towns.</summary>
    CleanKnown,

    /// <summary>C of Retain Longitudinal Modified Dates: moved by the patient's number of days.</summary>
    ShiftDate,
}
