namespace Smi.Deid.Text.Known;

/// <summary>How far a known name part may be trusted where it stands in a text.</summary>
internal enum NamePart : byte
{
    None,

    /// <summary>No other word is written like this: always the name.</summary>
    Plain,

    /// <summary>Two or three letters: only with a capital.</summary>
    Short,

    /// <summary>Also an English or clinical word (May, Will, Brown, Parkinson): only where it is used as a name.</summary>
    OrdinaryWord,
    Nickname,
}
