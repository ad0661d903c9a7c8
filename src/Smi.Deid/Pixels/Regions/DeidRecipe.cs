using System.Globalization;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// The filters of a pydicom deid recipe. Only what they blank or keep acts: a filter that calls an image clean exempts nothing. Sections that
/// are about attributes are passed over.
/// </summary>
internal sealed class DeidRecipe
{
    private const string UltrasoundRegionsSource = "from:SequenceOfUltrasoundRegions";
    private static readonly string[] s_areaWords = ["coordinates", "ctpcoordinates", "keepcoordinates", "ctpkeepcoordinates"];

    private readonly RuleFile _file;
    private bool _isInFilter;
    private Label? _label;

    private DeidRecipe(string name) => _file = new RuleFile(name);

    /// <summary>A recipe says so in its first line that is no comment.</summary>
    public static bool IsRecipe(IEnumerable<string> lines) =>
        lines.Select(WithoutComment).FirstOrDefault(line => line.Length > 0) is { } first && Words(first) is [var word, ..]
        && (Is(word, "FORMAT") || word.StartsWith('%') || Is(word, "LABEL"));

    public static RuleFile Parse(string name, IReadOnlyList<string> lines)
    {
        var recipe = new DeidRecipe(name);
        for (var index = 0; index < lines.Count; index++)
        {
            recipe.ReadLine(WithoutComment(lines[index]), index + 1);
        }

        recipe.FinishLabel();
        return recipe._file;
    }

    private void ReadLine(string line, int number)
    {
        if (line.Length == 0)
        {
            return;
        }

        var words = Words(line);
        if (line[0] == '%')
        {
            FinishLabel();
            _isInFilter = Is(words[0], "%filter");
        }
        else if (Is(words[0], "LABEL"))
        {
            FinishLabel();
            _isInFilter = true;
            _label = new Label(string.Join(' ', words[1..]), number);
        }
        else if (_label is not null)
        {
            ReadMember(_label, line, words, number);
        }
        else if (_isInFilter)
        {
            _file.Report(number, "a criterion without a label; it is not followed");
        }
    }

    private void ReadMember(Label label, string line, string[] words, int number)
    {
        if (s_areaWords.Any(word => Is(words[0], word)))
        {
            ReadArea(label, words[0].ToLowerInvariant(), string.Concat(words[1..]), number);
            return;
        }

        label.Lines++;
        var criteria = DeidCriteria.Parse(line, number, _file);
        if (criteria.Condition is { } condition)
        {
            label.Add(condition, criteria.IsAlternative);
        }
    }

    /// <summary>
    /// <c>coordinates</c> are two corners, <c>ctpcoordinates</c> a corner and a size. What cannot be read blanks the whole image, for
    /// something there was to be hidden.
    /// </summary>
    private void ReadArea(Label label, string word, string value, int number)
    {
        var isKept = word.Contains("keep", StringComparison.Ordinal);
        if (Is(value, UltrasoundRegionsSource))
        {
            label.Areas.Add(new RuleArea(RuleAreaKind.UltrasoundRegions, isKept, default));
            return;
        }

        if (Is(value, "all") && !isKept)
        {
            label.BlanksAll = true;
            return;
        }

        if (Is(value, "all"))
        {
            label.Areas.Add(RuleArea.WholeImage with { IsKept = true });
            return;
        }

        if (ReadNumbers(value) is not [var left, var top, var third, var fourth])
        {
            _file.Report(number, "coordinates that are not four numbers; images of this rule are blanked entirely");
            label.Areas.Add(RuleArea.WholeImage);
            return;
        }

        var isSize = word.StartsWith("ctp", StringComparison.Ordinal);
        var (right, bottom) = isSize ? (left + (long)third, top + (long)fourth) : (third, fourth);
        var box = new PixelBox(left, top, (int)Math.Min(right, int.MaxValue), (int)Math.Min(bottom, int.MaxValue));
        if (box.IsEmpty)
        {
            _file.Report(number, "corners in the wrong order; they are exchanged");
            box = new PixelBox(Math.Min(left, box.Right), Math.Min(top, box.Bottom), Math.Max(left, box.Right), Math.Max(top, box.Bottom));
        }

        label.Areas.Add(new RuleArea(RuleAreaKind.Rectangle, isKept, box));
    }

    private void FinishLabel()
    {
        var label = _label;
        _label = null;
        // Recipes write "all" before what they keep; what lies outside of that is blanked anyway.
        if (label is { BlanksAll: true } && !label.Areas.Exists(area => area.IsKept))
        {
            label.Areas.Add(RuleArea.WholeImage);
        }

        if (label is null || label.Areas.Count == 0)
        {
            // Filters without areas only flag images for review.
            return;
        }

        if (label.Condition is not { } condition)
        {
            throw new RegionRuleException(
                _file.Name,
                label.Line,
                label.Lines == 0 ? "a rule with coordinates and without criteria" : "none of the rule's criteria is understood");
        }

        _file.Add(label.Name, label.Line, condition, label.Areas);
    }

    private static int[] ReadNumbers(string value)
    {
        var numbers = new List<int>();
        foreach (var part in value.Trim('(', ')', '[', ']').Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static string WithoutComment(string line)
    {
        // Within a line a comment begins with a blank: values may hold the character.
        var comment = line.TrimStart().StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Trim();
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private sealed class Label(string name, int line)
    {
        public string Name { get; } = name;

        public int Line { get; } = line;

        public int Lines { get; set; }

        public bool BlanksAll { get; set; }

        public List<RuleArea> Areas { get; } = [];

        public RuleCondition? Condition { get; private set; }

        /// <summary>Lines are taken in turn, each with all before it.</summary>
        public void Add(RuleCondition next, bool isAlternative)
        {
            var before = Condition;
            Condition = before is null ? next
                : isAlternative ? subject => before(subject) || next(subject)
                : subject => before(subject) && next(subject);
        }
    }
}
