using Microsoft.Data.Sqlite;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels.Regions;

public sealed class RectangleDatabaseTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Finds_the_rectangles_of_a_file_but_not_those_that_the_allow_list_passed()
    {
        var path = Database("""
            INSERT INTO DicomRects(filename, top, bottom, "left", "right", frame, overlay, nerengine, nerpii) VALUES
            ('/data/a.dcm', 2, 19, 1, 9, -1, -1, -1, -1), ('/data/a.dcm', 0, 3, 0, 3, 2, 1, 10, 1),
            ('/data/a.dcm', 5, 6, 5, 6, -1, -1, 50, 0), ('/data/a.dcm', -1, -1, -1, -1, -1, -1, 50, 1), ('/data/b.dcm', 0, 1, 0, 1, -1, -1, -1, -1);
            """);

        var regions = RegionRules.Load([path]).Match(new DicomDataSet(), null, "/data/a.dcm", 640, 480);

        Assert.Equal([new PixelBox(1, 2, 10, 20), new PixelBox(0, 0, 4, 4)], regions.Select(region => region.Box));
        Assert.Equal([(null, null), (2, 1)], regions.Select(region => (region.Frame, region.Overlay)));
        Assert.Equal("rule dcmaudit.sqlite.db:1 rectangle", regions[0].Source);
    }

    [Fact]
    public void Refuses_a_database_without_the_table()
    {
        var path = Database("DROP TABLE DicomRects;");

        Assert.Throws<RegionRuleException>(() => RegionRules.Load([path]));
    }

    private string Database(string content)
    {
        var path = Path.Combine(place.Source.Path, "dcmaudit.sqlite.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        const string schema = """
            CREATE TABLE "DicomRects"("id" INTEGER PRIMARY KEY AUTOINCREMENT, "filename" CHAR(512), "top" INTEGER, "bottom" INTEGER, "left" INTEGER,
            "right" INTEGER, "frame" INTEGER, "overlay" INTEGER, "ocrengine" INTEGER, "ocrtext" CHAR(512), "nerengine" INTEGER, "nerpii" INTEGER);
            """;
        using var command = new SqliteCommand(schema + content, connection);
        command.ExecuteNonQuery();
        return path;
    }
}
