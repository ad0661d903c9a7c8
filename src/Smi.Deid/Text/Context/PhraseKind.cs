namespace Smi.Deid.Text.Context;

/// <summary>What follows a phrase. The names are those of the resource file.</summary>
internal enum PhraseKind
{
    /// <summary>A form's label: everything to the end of the line is a name.</summary>
    NameLabel,

    /// <summary>Words after which a person is named (seen by, daughter, radiographer).</summary>
    NameCue,

    /// <summary>The end of a letter: the next lines are names.</summary>
    Signature,
    IdLabel,
    DateLabel,
    PhoneLabel,
    AddressLabel,
    AddressCue,
    PlaceCue,
    FacilityLabel,
    FacilityCue,
    DeviceLabel,
    AgeLabel,

    /// <summary>The name of a place or institution in several words.</summary>
    Place,
    Facility,

    /// <summary>A clinical term of several words that reads like somebody's name (Ivor Lewis, Austin Moore).</summary>
    Term,
}
