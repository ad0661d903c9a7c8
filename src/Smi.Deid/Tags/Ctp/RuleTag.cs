using System.Globalization;
using System.Text.RegularExpressions;
using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// What an element rule is for: a tag, or an element of the private block that a creator has reserved, wherever that block is.
/// </summary>
internal sealed partial record RuleTag
{
    private RuleTag(DicomTag tag, string? creator)
    {
        Tag = tag;
        Creator = creator;
    }

    /// <summary>The tag; for a private block, group and last two digits.</summary>
    public DicomTag Tag { get; }

    public string? Creator { get; }

    /// <summary>Reads <c>gggg,eeee</c> and <c>gggg,[CREATOR]ee</c>; null for anything else.</summary>
    public static RuleTag? Parse(string key)
    {
        if (Plain().Match(key) is { Success: true } plain)
        {
            return new RuleTag(new DicomTag(Hex(plain.Groups[1]), Hex(plain.Groups[2])), null);
        }

        if (InBlock().Match(key) is { Success: true } block && (Hex(block.Groups[1]) & 1) == 1)
        {
            return new RuleTag(new DicomTag(Hex(block.Groups[1]), Hex(block.Groups[3])), block.Groups[2].Value.Trim());
        }

        return null;
    }

    public static RuleTag Of(DicomTag tag) => new(tag, null);

    /// <summary>The tag in a data set, whose creators say where the block is; null when it has no such block.</summary>
    public DicomTag? Resolve(DicomDataSet dataSet)
    {
        if (Creator is null)
        {
            return Tag;
        }

        foreach (var element in dataSet.Elements)
        {
            if (element.Tag.Group > Tag.Group)
            {
                break;
            }

            if (element.Tag.Group == Tag.Group && element is ValueElement { Tag.IsPrivateCreator: true } value && dataSet.TextOf(value) == Creator)
            {
                return new DicomTag(Tag.Group, (ushort)((element.Tag.Element << 8) | (Tag.Element & 0xFF)));
            }
        }

        return null;
    }

    public override string ToString() => Creator is null ? Tag.ToString() : $"({Tag.Group:X4},[{Creator}]{Tag.Element:X2})";

    private static ushort Hex(Group group) => ushort.Parse(group.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A\s*([0-9a-fA-F]{1,4}),([0-9a-fA-F]{1,4})\s*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A\s*([0-9a-fA-F]{1,4}),?\[([^\]]*)\],?([0-9a-fA-F]{1,2})\s*\z", RegexOptions.NonBacktracking)]
    private static partial Regex InBlock();
}
