namespace Smi.Deid.Text;

/// <summary>What takes the place of what was cut from a report.</summary>
public enum TextReplacement
{
    /// <summary>The category in brackets: [NAME], [DATE].</summary>
    Placeholders,

    /// <summary>Names and numbers become pseudonyms, the patient's own those of the file; dates move with all others of the patient. Everything else becomes a placeholder.</summary>
    Surrogates,
}
