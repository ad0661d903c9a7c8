using System.Security.Cryptography;
using System.Text;
using Smi.Deid.Files;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Region rules: pydicom deid recipes, scripts of CTP's DicomPixelAnonymizer, dicompixelanon's rectangles as database or CSV, and our own
/// device tables. They are matched with the original attributes; every rule that matches acts.
/// </summary>
public sealed class RegionRules
{
    private readonly List<RegionRule> _rules = [];
    private readonly List<RectangleTable> _tables = [];
    private readonly List<RuleFinding> _findings = [];
    private readonly List<string> _fingerprints = [];

    public static RegionRules None { get; } = new();

    /// <summary>What the rule files say wrongly without danger.</summary>
    public IReadOnlyList<RuleFinding> Findings => _findings;

    /// <summary>One for the content of each rule file.</summary>
    public IReadOnlyList<string> Fingerprints => _fingerprints;

    /// <summary>Rules with areas, and tables of rectangles.</summary>
    public int Count => _rules.Count + _tables.Count;

    /// <exception cref="RegionRuleException">Following a file could leave visible what it wants hidden, or it is no rule file.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RegionRules Load(IEnumerable<string> paths)
    {
        var rules = new RegionRules();
        foreach (var path in paths)
        {
            rules.AddFile(path);
        }

        return rules;
    }

    /// <summary>One rule file; which kind it is shows in its text.</summary>
    public static RegionRules Parse(string name, string text)
    {
        var rules = new RegionRules();
        rules.Add(name, text);
        return rules;
    }

    /// <summary>What is to be blanked in an image; regions outside of it are clipped and say so, and may be empty then.</summary>
    /// <param name="original">The data set before anything was edited.</param>
    /// <param name="fileMeta">Its group 0002.</param>
    /// <param name="path">Where it was read, for rules that name files.</param>
    /// <param name="columns">Width of the image.</param>
    /// <param name="rows">Height of the image.</param>
    public IReadOnlyList<RuleRegion> Match(DicomDataSet original, DicomDataSet? fileMeta, string? path, int columns, int rows)
    {
        var subject = new RuleSubject(original, fileMeta);
        var regions = _rules.Where(rule => rule.Condition(subject)).SelectMany(rule => Regions(rule, original, columns, rows));
        return [.. regions, .. path is null ? [] : _tables.SelectMany(table => table.Find(path, columns, rows))];
    }

    private void AddFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (RectangleDatabase.IsDatabase(bytes))
        {
            AddTable(RectangleDatabase.Read(path), bytes);
        }
        else
        {
            Add(Path.GetFileName(path), Decoded(Path.GetFileName(path), bytes));
        }
    }

    /// <summary>A criterion that is misread is one that no image meets.</summary>
    private static string Decoded(string name, byte[] bytes)
    {
        var (text, badLine) = DecodedText.Of(bytes);
        return badLine is { } line ? throw new RegionRuleException(name, line, DecodedText.Trouble) : text;
    }

    private void AddTable(RectangleTable table, ReadOnlySpan<byte> content)
    {
        _tables.Add(table);
        _findings.AddRange(table.Findings);
        _fingerprints.Add(Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private void Add(string name, string content)
    {
        const char byteOrderMark = '\uFEFF';
        var text = content.TrimStart(byteOrderMark);
        var lines = text.Split('\n');
        if (RectangleTable.IsTable(lines[0]))
        {
            AddTable(RectangleTable.Parse(name, text), Encoding.UTF8.GetBytes(content));
            return;
        }

        var file = DeviceTable.IsTable(lines) ? DeviceTable.Parse(name, lines)
            : DeidRecipe.IsRecipe(lines) ? DeidRecipe.Parse(name, lines)
            : CtpPixelScript.IsScript(text) ? CtpPixelScript.Parse(name, text)
            : throw new RegionRuleException(name, 1, "neither a deid recipe nor a CTP pixel script nor a table of devices or rectangles");
        _fingerprints.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));
        if (file.Rules.Count == 0)
        {
            file.Report(1, "no rule of this file blanks anything");
        }

        _rules.AddRange(file.Rules);
        _findings.AddRange(file.Findings);
    }

    private static IEnumerable<RuleRegion> Regions(RegionRule rule, DicomDataSet original, int columns, int rows)
    {
        foreach (var area in rule.Areas.Where(area => !area.IsKept))
        {
            foreach (var box in Boxes(area, original, columns, rows))
            {
                var clipped = box.ClippedTo(columns, rows);
                yield return new RuleRegion(clipped, null, null, rule.Name, rule.File, rule.Line, clipped != box);
            }
        }

        if (rule.Areas.Any(area => area.IsKept))
        {
            PixelBox[] kept = [.. rule.Areas.Where(area => area.IsKept).SelectMany(area => Boxes(area, original, columns, rows))];
            foreach (var box in KeptAreas.Outside(kept, columns, rows))
            {
                yield return new RuleRegion(box, null, null, rule.Name, rule.File, rule.Line, false);
            }
        }
    }

    private static IEnumerable<PixelBox> Boxes(RuleArea area, DicomDataSet original, int columns, int rows) => area.Kind switch
    {
        RuleAreaKind.Rectangle => [area.Box],
        RuleAreaKind.ClosedRectangle => [ClosedRectangle.On(area.Box, columns, rows)],
        // deid keeps neither the last column nor the last row of a region.
        RuleAreaKind.UltrasoundRegions when area.IsKept => UltrasoundRegions.Inside(original, columns, rows).Select(box => box with { Right = box.Right - 1, Bottom = box.Bottom - 1 }),
        RuleAreaKind.UltrasoundRegions => UltrasoundRegions.Inside(original, columns, rows),
        _ => [new PixelBox(0, 0, columns, rows)],
    };
}
