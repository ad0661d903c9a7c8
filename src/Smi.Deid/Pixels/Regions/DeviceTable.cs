using System.Globalization;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Our own table of devices: tab-separated columns with a header; lines with # are comments. An empty cell fits every image; texts are
/// looked for anywhere in the attribute, in any case, Modality, Rows and Columns must be equal. Right and bottom are outside; an area of four empty
/// cells is the whole image.
/// </summary>
internal static class DeviceTable
{
    private const int RowsCell = 7;
    private const int ColumnsCell = 8;

    private static readonly string[] s_header =
        ["name", "modality", "manufacturer", "model", "software", "image type", "series description", "rows", "columns", "left", "top", "right", "bottom", "source"];

    private static readonly (int Cell, DicomTag Tag, bool IsWhole)[] s_criteria =
    [
        (1, DicomTags.Modality, true),
        (2, DicomTags.Manufacturer, false),
        (3, DicomTags.ManufacturerModelName, false),
        (4, new DicomTag(0x00181020), false), // Software Versions
        (5, DicomTags.ImageType, false),
        (6, DicomTags.SeriesDescription, false),
        (RowsCell, DicomTags.Rows, true),
        (ColumnsCell, DicomTags.Columns, true),
    ];

    public static string Header => string.Join('\t', s_header);

    public static bool IsTable(IEnumerable<string> lines) => lines.FirstOrDefault(IsContent) is { } first && Cells(first).SequenceEqual(s_header);

    /// <exception cref="RegionRuleException">A line has not the header's columns, no criterion, or an area that is not four numbers.</exception>
    public static RuleFile Parse(string name, IReadOnlyList<string> lines)
    {
        var file = new RuleFile(name);
        var isHeader = true;
        for (var index = 0; index < lines.Count; index++)
        {
            if (!IsContent(lines[index]))
            {
                continue;
            }

            if (!isHeader)
            {
                Add(file, Cells(lines[index]), index + 1);
            }

            isHeader = false;
        }

        return file;
    }

    private static void Add(RuleFile file, string[] cells, int line)
    {
        if (cells.Length != s_header.Length)
        {
            throw new RegionRuleException(file.Name, line, $"{cells.Length} columns instead of {s_header.Length}");
        }

        if (cells[RowsCell..(ColumnsCell + 1)].Any(cell => cell.Length > 0 && Number(cell) is null))
        {
            throw new RegionRuleException(file.Name, line, "rows or columns are no number");
        }

        RuleCondition[] criteria = [.. s_criteria.Where(criterion => cells[criterion.Cell].Length > 0).Select(criterion => Condition(criterion, cells))];
        if (criteria.Length == 0)
        {
            throw new RegionRuleException(file.Name, line, "a device without a criterion would be every device");
        }

        file.Add(cells[0], line, subject => Array.TrueForAll(criteria, criterion => criterion(subject)), [Area(file, cells[9..13], line)]);
    }

    private static RuleCondition Condition((int Cell, DicomTag Tag, bool IsWhole) criterion, string[] cells)
    {
        var wanted = cells[criterion.Cell];
        return Number(wanted) is { } number && criterion.Cell is RowsCell or ColumnsCell
            ? subject => subject.Texts(criterion.Tag).Any(text => Number(text.Trim()) == number)
            : criterion.IsWhole
            ? subject => subject.Texts(criterion.Tag).Any(text => text.Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase))
            : subject => subject.Texts(criterion.Tag).Any(text => text.Contains(wanted, StringComparison.OrdinalIgnoreCase));
    }

    private static RuleArea Area(RuleFile file, string[] edges, int line)
    {
        if (Array.TrueForAll(edges, edge => edge.Length == 0))
        {
            return RuleArea.WholeImage;
        }

        int[] numbers = [.. edges.Select(edge => Number(edge) ?? -1)];
        var box = new PixelBox(numbers[0], numbers[1], numbers[2], numbers[3]);
        return numbers.Min() < 0 || box.IsEmpty
            ? throw new RegionRuleException(file.Name, line, "left, top, right and bottom make no area")
            : new RuleArea(RuleAreaKind.Rectangle, false, box);
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsContent(string line) => line.Trim() is { Length: > 0 } text && text[0] != '#';

    private static string[] Cells(string line) => Array.ConvertAll(line.TrimEnd('\r').Split('\t'), cell => cell.Trim());
}
