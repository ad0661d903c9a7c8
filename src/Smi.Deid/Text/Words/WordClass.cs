namespace Smi.Deid.Text.Words;

/// <summary>What the dictionaries know about a word. A word can be many things: May is a month, a verb and a surname.</summary>
[Flags]
internal enum WordClass : uint
{
    None = 0,

    /// <summary>Articles, prepositions, pronouns, auxiliaries: never the name itself.</summary>
    Function = 1 << 0,
    Common = 1 << 1,
    Clinical = 1 << 2,

    /// <summary>Not listed, but formed from a listed word or with a clinical prefix or suffix.</summary>
    Derived = 1 << 3,

    /// <summary>A person whose name is a clinical term (Parkinson, Colles).</summary>
    Eponym = 1 << 4,

    /// <summary>A word that turns the name before it into a term (disease, sign, catheter).</summary>
    EponymNoun = 1 << 5,
    GivenName = 1 << 6,
    Surname = 1 << 7,
    Particle = 1 << 8,
    Title = 1 << 9,
    PostNominal = 1 << 10,
    Month = 1 << 11,
    Weekday = 1 << 12,
    Place = 1 << 13,
    Street = 1 << 14,

    /// <summary>Ends the name of an institution (Hospital, Infirmary, Ward).</summary>
    FacilityNoun = 1 << 15,

    /// <summary>May stand before a facility noun without naming one (Stroke Unit, General Hospital).</summary>
    FacilityGeneric = 1 << 16,

    /// <summary>A verb whose subject is a person (attended, consented).</summary>
    PersonVerb = 1 << 17,
    State = 1 << 18,
    Unit = 1 << 19,

    /// <summary>The same word stands elsewhere in this text in small letters.</summary>
    SeenInLower = 1 << 20,

    /// <summary>Stands where a name should be when there is none (unknown, anonymous).</summary>
    Placeholder = 1 << 21,
    Nationality = 1 << 22,

    /// <summary>In the set of names of many origins, and in no list of words.</summary>
    RareName = 1 << 23,

    Vocabulary = Common | Clinical | Function,
    Ordinary = Vocabulary | Derived | SeenInLower | Unit | Nationality | Placeholder,
    PersonName = GivenName | Surname,
}
