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

    /// <summary>CTP takes every four numbers up to the next signature for a region, text between them or not.</summary>
    private static List<RuleArea> Regions(string text, int line, RuleFile file)
    {
        var areas = new List<RuleArea>();
        var position = 0;
        foreach (Match region in RegionExpression().Matches(text))
        {
            string[] parts = region.Groups[1].Value.Split(',');
            int[] numbers = [.. parts.Select(Number).OfType<int>()];
            var isBehindRegions = string.IsNullOrWhiteSpace(text[position..region.Index]);
            if (isBehindRegions || (parts.Length == 4 && numbers.Length > 0))
            {
                areas.Add(Area(parts.Length, numbers, line + text.AsSpan(0, region.Index).Count('\n'), file));
                position = isBehindRegions ? region.Index + region.Length : position;
            }
        }

        return areas;
    }

    private static RuleArea Area(int parts, int[] numbers, int line, RuleFile file)
    {
        if (parts == 4 && numbers is [var left, var top, var width and >= 0, var height and >= 0])
        {
            var (right, bottom) = ((int)Math.Min(int.MaxValue, left + (long)width), (int)Math.Min(int.MaxValue, top + (long)height));
            return new RuleArea(RuleAreaKind.ClosedRectangle, false, new PixelBox(left, top, right, bottom));
        }

        file.Report(line, "a region that is not a corner and a size; images of this signature are blanked entirely");
        return RuleArea.WholeImage;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

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
