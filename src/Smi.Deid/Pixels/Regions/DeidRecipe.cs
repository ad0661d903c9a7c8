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
        lines.Select(DeidCriteria.WithoutComment).FirstOrDefault(line => line.Length > 0) is { } first && Words(first) is [var word, ..]
        && ((Is(word, "FORMAT") && Words(first) is [_, var format] && Is(format, "dicom")) || word.StartsWith('%') || Is(word, "LABEL"));

    public static RuleFile Parse(string name, IReadOnlyList<string> lines)
    {
        var recipe = new DeidRecipe(name);
        for (var index = 0; index < lines.Count; index++)
        {
            recipe.ReadLine(lines[index].Trim(), index + 1);
        }

        recipe.FinishLabel();
        return recipe._file;
    }

    private void ReadLine(string text, int number)
    {
        var line = DeidCriteria.WithoutComment(text);
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
            ReadMember(_label, text, number);
        }
        else if (_isInFilter)
        {
            _file.Report(number, "a criterion without a label; it is not followed");
        }
    }

    private void ReadMember(Label label, string text, int number)
    {
        if (Array.Find(s_areaWords, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            ReadArea(label, word, string.Concat(Words(DeidCriteria.WithoutComment(text[word.Length..]))), number);
            return;
        }

        label.Lines++;
        var criteria = DeidCriteria.Parse(text, number, _file);
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
        if (value == UltrasoundRegionsSource)
        {
            label.Areas.Add(new RuleArea(RuleAreaKind.UltrasoundRegions, isKept, default));
        }
        else if (Is(value, "all"))
        {
            label.AddAll(isKept);
        }
        else if (ReadNumbers(value) is [var left, var top, var third, var fourth])
        {
            var (right, bottom) = word.StartsWith("ctp", StringComparison.Ordinal) ? (left + (long)third, top + (long)fourth) : (third, fourth);
            ReadRectangle(label, isKept, new PixelBox(left, top, (int)Math.Min(right, int.MaxValue), (int)Math.Min(bottom, int.MaxValue)), number);
        }
        else
        {
            _file.Report(number, "coordinates that are not four numbers; images of this rule are blanked entirely");
            label.Areas.Add(RuleArea.WholeImage);
        }
    }

    private void ReadRectangle(Label label, bool isKept, PixelBox box, int number)
    {
        if (box.IsEmpty && isKept)
        {
            _file.Report(number, "corners in the wrong order, between which nothing is kept");
        }
        else if (box.IsEmpty)
        {
            _file.Report(number, "corners in the wrong order; they are exchanged");
            box = new PixelBox(Math.Min(box.Left, box.Right), Math.Min(box.Top, box.Bottom), Math.Max(box.Left, box.Right), Math.Max(box.Top, box.Bottom));
        }

        label.Areas.Add(new RuleArea(isKept ? RuleAreaKind.Rectangle : RuleAreaKind.ClosedRectangle, isKept, box));
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

        if (label.Lines > 0 && label.Condition is null)
        {
            throw new RegionRuleException(_file.Name, label.Line, "none of the rule's criteria is understood");
        }

        // Coordinates without criteria are for every image.
        _file.Add(label.Name, label.Line, label.Condition ?? (_ => true), label.Areas);
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

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private sealed class Label(string name, int line)
    {
        public string Name { get; } = name;

        public int Line { get; } = line;

        public int Lines { get; set; }

        public bool BlanksAll { get; private set; }

        public List<RuleArea> Areas { get; } = [];

        /// <summary>What is kept before all is blanked is not kept.</summary>
        public void AddAll(bool isKept)
        {
            if (isKept)
            {
                Areas.Add(RuleArea.WholeImage with { IsKept = true });
                return;
            }

            Areas.RemoveAll(area => area.IsKept);
            BlanksAll = true;
        }

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
