using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Tags.Ctp;

/// <summary>The original gives a data set without a Specific Character Set that it knows ISO_IR 100, and reads it by that.</summary>
internal static class OriginalCharacterSet
{
    public static readonly CharacterSet Latin1 = CharacterSet.FromTerms(["ISO_IR 100"]);
    public static readonly CharacterSet Utf8 = CharacterSet.FromTerms(["ISO_IR 192"]);

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "", "ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127", "ISO_IR 126", "ISO_IR 138", "ISO_IR 148",
        "ISO_IR 13", "ISO_IR 166", "ISO_IR 192", "GB18030", "ISO 2022 IR 6", "ISO 2022 IR 100", "ISO 2022 IR 101", "ISO 2022 IR 109",
        "ISO 2022 IR 110", "ISO 2022 IR 144", "ISO 2022 IR 127", "ISO 2022 IR 126", "ISO 2022 IR 138", "ISO 2022 IR 148", "ISO 2022 IR 13",
        "ISO 2022 IR 166", "ISO 2022 IR 87", "ISO 2022 IR 159", "ISO 2022 IR 149",
    };

    /// <summary>What text of a data set is written in: the original uses the first value of several and no other.</summary>
    public static CharacterSet ForWriting(DicomDataSet dataSet, bool isStrict) =>
        isStrict && dataSet.CharacterSet.Terms is [var first, _, ..] ? CharacterSet.FromTerms([first]) : dataSet.CharacterSet;

    /// <summary>The set of a value of Specific Character Set, by its first term; UTF-8 for one that the original does not know.</summary>
    public static CharacterSet Named(string value) =>
        JavaText.Split(value, '\\') is [var first, ..] && Known.Contains(first) ? CharacterSet.FromTerms([first]) : Utf8;

    /// <summary>The element to add, or null when the data set has one that can stay.</summary>
    public static ValueElement? Missing(DicomDataSet dataSet, bool isStrict)
    {
        var terms = dataSet.GetStrings(DicomTags.SpecificCharacterSet);
        var stays = terms.Count > 0 && (isStrict ? Known.Contains(terms[0]) : Known.Contains(terms[0]) || dataSet.CharacterSet.IsKnown);
        return stays ? null : new ValueElement(DicomTags.SpecificCharacterSet, VR.CS, "ISO_IR 100"u8.ToArray());
    }
}
