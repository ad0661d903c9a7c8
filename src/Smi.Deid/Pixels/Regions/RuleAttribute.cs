using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>How rule files name attributes: a keyword, <c>0x00190010</c>, <c>[0019,0010]</c>, <c>(0019,0010)</c> or <c>0019,0010</c>.</summary>
internal static class RuleAttribute
{
    public static DicomTag? Find(string name)
    {
        if (DicomDictionary.FindKeyword(name) is { } entry)
        {
            return entry.Tag;
        }

        var digits = name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? name[2..] : name.Trim('[', ']');
        return DicomTag.TryParse(digits, out var tag) ? tag : null;
    }
}
