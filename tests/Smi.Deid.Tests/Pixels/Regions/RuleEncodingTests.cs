using System.Text;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;

namespace Smi.Deid.Tests.Pixels.Regions;

public sealed class RuleEncodingTests : IDisposable
{
    private const string Table = "filename,left,top,right,bottom\nrücken.dcm,1,2,30,40\n";

    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Reads_a_file_as_its_byte_order_mark_says()
    {
        Encoding[] encodings = [new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Encoding.Unicode, Encoding.BigEndianUnicode];

        Assert.All(encodings, encoding => Assert.Single(
            RegionRules.Load([Written([.. encoding.Preamble, .. encoding.GetBytes(Table)])]).Match(new DicomDataSet(), null, "/data/rücken.dcm", 640, 480)));
    }

    [Fact]
    public void Refuses_bytes_that_are_no_UTF_8_for_a_criterion_that_is_misread_fits_nothing()
    {
        var path = Written(Encoding.Latin1.GetBytes(Table));

        Assert.Contains("line 2", Assert.Throws<RegionRuleException>(() => RegionRules.Load([path])).Message, StringComparison.Ordinal);
    }

    private string Written(byte[] bytes)
    {
        var path = Path.Combine(place.Source.Path, "rects.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
