using System.Globalization;
using CsvHelper;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// The rectangles that dicompixelanon's tools export: a CSV with the columns filename, left, top, right, bottom and perhaps frame and overlay in any
/// order, further ones passed over. Corners are inside. A frame or overlay that is missing, empty or negative stands for none in particular; a
/// row whose corners are all negative sums up the text of a file.
/// </summary>
internal sealed class RectangleTable
{
    private static readonly string[] s_columns = ["filename", "left", "top", "right", "bottom", "frame", "overlay"];
    private static readonly string[] s_required = s_columns[..5];

    private readonly Dictionary<string, List<Row>> _rows = new(StringComparer.Ordinal);
    private readonly List<RuleFinding> _findings = [];

    public RectangleTable(string name) => Name = name;

    public string Name { get; }

    public IReadOnlyList<RuleFinding> Findings => _findings;

    public static bool IsTable(string firstLine)
    {
        var columns = firstLine.Split(',').Select(column => column.Trim().Trim('"').ToLowerInvariant()).ToHashSet();
        return s_required.All(columns.Contains);
    }

    public static RectangleTable Parse(string name, string text)
    {
        var table = new RectangleTable(name);
        try
        {
            // A quote that nobody closes would take the rectangles behind it into its field.
            using var reader = CsvReader.FromText(text, new CsvReaderOptions { TrackLineNumbers = true, IncludeValuesInExceptions = false, MalformedData = CsvMalformedDataHandling.Throw });
            reader.ReadHeader();
            var columns = Array.ConvertAll(s_columns, column => IndexOf([.. reader.Headers], column));
            while (reader.Read())
            {
                table.Add(Array.ConvertAll(columns, column => column < 0 ? string.Empty : reader.GetString(column).Trim()), (int)reader.LineNumber);
            }
        }
        catch (CsvFormatException failure)
        {
            throw new RegionRuleException(name, (int)failure.LineNumber, "a row that is no CSV of the header's columns");
        }

        return table;
    }

    /// <summary>Rows whose file name ends like <paramref name="path"/>, or the other way round, by whole parts of the path.</summary>
    public IEnumerable<RuleRegion> Find(string path, int columns, int rows)
    {
        var matching = _rows.GetValueOrDefault(Path.GetFileName(WithSlashes(path)), []).Where(row => IsSameFile(row.Path, WithSlashes(path)));
        foreach (var row in matching)
        {
            var box = row.Box.ClippedTo(columns, rows);
            yield return new RuleRegion(box, row.Frame, row.Overlay, "rectangle", Name, row.Line, box != row.Box);
        }
    }

    /// <param name="fields">File name, left, top, right, bottom, frame, overlay.</param>
    /// <param name="line">For messages and reports.</param>
    /// <exception cref="RegionRuleException">The corners are no four numbers.</exception>
    public void Add(string[] fields, int line)
    {
        int? frame = Number(fields[5]), overlay = Number(fields[6]);
        if ((Number(fields[1]), Number(fields[2]), Number(fields[3]), Number(fields[4])) is not ({ } left, { } top, { } right, { } bottom)
            || right == int.MaxValue || bottom == int.MaxValue)
        {
            throw new RegionRuleException(Name, line, "a rectangle that is not four numbers");
        }

        if (left < 0 && top < 0 && right < 0 && bottom < 0)
        {
            return;
        }

        if (right < left || bottom < top)
        {
            _findings.Add(new RuleFinding(Name, line, "corners in the wrong order; they are exchanged"));
        }

        var box = new PixelBox(Math.Min(left, right), Math.Min(top, bottom), Math.Max(left, right) + 1, Math.Max(top, bottom) + 1);
        var file = WithSlashes(fields[0]);
        var row = new Row(file, frame < 0 ? null : frame, overlay < 0 ? null : overlay, box, line);
        var key = Path.GetFileName(file);
        if (!_rows.TryGetValue(key, out var list))
        {
            _rows[key] = list = [];
        }

        list.Add(row);
    }

    // Tables made on Windows.
    private static string WithSlashes(string path) => path.Replace('\\', '/');

    private static bool IsSameFile(string first, string second) => EndsWith(first, second) || EndsWith(second, first);

    private static bool EndsWith(string path, string end) =>
        path.EndsWith(end, StringComparison.Ordinal) && (path.Length == end.Length || end[0] == '/' || path[^(end.Length + 1)] == '/');

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int IndexOf(string[] header, string column) =>
        Array.FindIndex(header, name => name.Trim().Equals(column, StringComparison.OrdinalIgnoreCase));

    private sealed record Row(string Path, int? Frame, int? Overlay, PixelBox Box, int Line);
}
