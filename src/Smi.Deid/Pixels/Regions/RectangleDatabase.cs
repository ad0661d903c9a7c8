using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// dicompixelanon's database, an SQLite file whose table DicomRects holds a rectangle a row, corners inside. Rows without corners (−1) only
/// sum up the text of a file; rows that its allow-list passed (nerengine 50, nerpii 0) are not to be redacted.
/// </summary>
internal static class RectangleDatabase
{
    private const string Query = """
        SELECT id, filename, "left", top, "right", bottom, frame, overlay FROM DicomRects
        WHERE NOT (ifnull("left", -1) < 0 AND ifnull("right", -1) < 0) AND NOT (ifnull(nerengine, -1) = 50 AND ifnull(nerpii, -1) = 0)
        ORDER BY id
        """;

    // https://www.sqlite.org/fileformat.html, 1.3
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    public static bool IsDatabase(ReadOnlySpan<byte> content) => content.StartsWith(Magic);

    /// <summary>The line of a rectangle is its row's id.</summary>
    /// <exception cref="RegionRuleException">The database cannot be read or has no such table.</exception>
    public static RectangleTable Read(string path)
    {
        var name = Path.GetFileName(path);
        var table = new RectangleTable(name);
        try
        {
            var source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            using var connection = new SqliteConnection(source.ToString());
            connection.Open();
            using var command = new SqliteCommand(Query, connection);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                table.Add([.. Enumerable.Range(1, 7).Select(column => Text(rows.GetValue(column)))], rows.GetInt32(0));
            }
        }
        catch (SqliteException failure)
        {
            throw new RegionRuleException(name, 1, $"no database of rectangles (SQLite error {failure.SqliteErrorCode})");
        }

        return table;
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
