namespace Smi.Deid.Text;

/// <summary>What kind of text is cleaned; it decides how much a capital letter means.</summary>
public enum TextProfile
{
    /// <summary>Prose: an unknown word with a capital inside a sentence is taken for a name.</summary>
    Report,

    /// <summary>Short attributes such as Study Description: words are often in title case or capitals, so a capital alone says nothing.</summary>
    Descriptor,
}
