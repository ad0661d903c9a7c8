using System.Globalization;
using System.Text.RegularExpressions;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// A script of CTP's DicomPixelAnonymizer: free text, signatures in braces, and behind each its regions as (left, top, width, height). CTP stops
/// at the first signature that holds; here every one that holds acts, for more is hidden then.
/// </summary>
internal static partial class CtpPixelScript
{
    public static bool IsScript(string text) => text.Contains('{', StringComparison.Ordinal);

    public static RuleFile Parse(string name, string text)
    {
        var file = new RuleFile(name);
        var position = 0;
        while (text.IndexOf('{', position) is var open and >= 0)
        {
            var line = LineOf(text, open);
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new RegionRuleException(name, line, "a signature without its closing brace");
            }

            var condition = CtpSignature.Parse(text[(open + 1)..close], line, file);
            var next = text.IndexOf('{', close);
            var areas = Regions(text[(close + 1)..(next < 0 ? text.Length : next)], LineOf(text, close), file);
            if (areas.Count > 0)
            {
                file.Add(NameBefore(text, open), line, condition, areas);
            }
            else
            {
                file.Report(line, "a signature without regions; it does nothing");
            }

            position = close + 1;
        }

        return file;
    }

    /// <summary>Regions stand one behind the other; what follows is text about the next signature.</summary>
    private static List<RuleArea> Regions(string text, int line, RuleFile file)
    {
        var areas = new List<RuleArea>();
        var position = 0;
        while (RegionExpression().Match(text, position) is { Success: true } region && string.IsNullOrWhiteSpace(text[position..region.Index]))
        {
            areas.Add(Area(region.Groups[1].Value, line, file));
            position = region.Index + region.Length;
        }

        return areas;
    }

    private static RuleArea Area(string numbers, int line, RuleFile file)
    {
        var parts = numbers.Split(',');
        Span<int> values = stackalloc int[4];
        var isRead = parts.Length == 4;
        for (var index = 0; isRead && index < 4; index++)
        {
            isRead = int.TryParse(parts[index], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out values[index]);
        }

        if (!isRead)
        {
            file.Report(line, "a region that is not four numbers; images of this signature are blanked entirely");
            return RuleArea.WholeImage;
        }

        var right = (int)Math.Min(int.MaxValue, values[0] + (long)values[2]);
        var bottom = (int)Math.Min(int.MaxValue, values[1] + (long)values[3]);
        return new RuleArea(RuleAreaKind.Rectangle, false, new PixelBox(values[0], values[1], right, bottom));
    }

    /// <summary>The last line of text before the signature that is neither a region nor a rule of asterisks.</summary>
    private static string NameBefore(string text, int open)
    {
        var start = text.LastIndexOf('}', open) + 1;
        var lines = text[start..open].Split('\n').Select(line => line.Trim());
        return lines.LastOrDefault(line => line.Length > 0 && line.Any(char.IsLetter)) ?? "signature";
    }

    private static int LineOf(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');

    [GeneratedRegex(@"\(([^()]*)\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex RegionExpression();
}
