using System.Diagnostics;
using Smi.Tests;

namespace Smi.Dicom.Tests.Reading;

public sealed class HostileInputTests
{
    private const uint Undefined = 0xFFFFFFFF;

    public static TheoryData<string> Cases => [.. Bad.Keys];

    private static Dictionary<string, Func<byte[]>> Bad => new()
    {
        ["zero length"] = () => [],
        ["seven bytes"] = () => [8, 0, 5, 0, 1, 2, 3],
        ["random bytes"] = () => RandomBytes(4096),
        ["text"] = () => "This is no image, only a letter that somebody saved as image.dcm."u8.ToArray(),
        ["preamble and prefix only"] = () => [.. new byte[128], .. "DICM"u8],
        ["file meta information only"] = () => DicomBytes.File().ToArray(),
        ["an unknown transfer syntax"] = () => DicomBytes.File("1.2.3.4").Text(0x00080060, "CS", "CT").ToArray(),
        ["a length of 4 GB"] = () => DicomBytes.File().Text(0x00080060, "CS", "CT").ExplicitHeader(0x00091001, "UN", 0xFFFFFFF0).Raw(1, 2, 3, 4).ToArray(),
        ["a sequence longer than the file"] = () => DicomBytes.File().ExplicitHeader(0x00081110, "SQ", 5000).Item(10).ToArray(),
        ["an item longer than its sequence"] = () => DicomBytes.File().ExplicitHeader(0x00081110, "SQ", 16).Item(100).Raw(new byte[100]).ToArray(),
        ["a sequence that never ends"] = () => DicomBytes.File().ExplicitHeader(0x00081110, "SQ", Undefined).Item(Undefined).Text(0x00080060, "CS", "CT").ToArray(),
        ["sequences nested 2000 deep"] = () => Nested(2000, closed: true),
        ["sequences nested 2000 deep and never closed"] = () => Nested(2000, closed: false),
        ["text of undefined length"] = () => DicomBytes.File().Tagged(0x00080060).ToArray(),
        ["a fragment that is cut off"] = () => DicomBytes.File("1.2.840.10008.1.2.4.50").Text(0x00080060, "CS", "CT")
            .ExplicitHeader(0x7FE00010, "OB", Undefined).Item(0).Item(100).Raw(1, 2).ToArray(),
        ["a delimiter instead of an element"] = () => DicomBytes.File().Text(0x00080060, "CS", "CT").EndItem().Text(0x00100010, "PN", "A").ToArray(),
        ["a damaged deflated data set"] = () => DicomBytes.File("1.2.840.10008.1.2.1.99").Raw(RandomBytes(500)).ToArray(),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_refused_with_cause_within_100_ms_and_50_MB(string name)
    {
        var bytes = Bad[name]();
        Assert.Throws<DicomFormatException>(() => DicomFile.Parse(bytes));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var exception = Assert.Throws<DicomFormatException>(() => DicomFile.Parse(bytes));
        Assert.True(watch.ElapsedMilliseconds < 100, $"{watch.ElapsedMilliseconds} ms");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
        Assert.NotEmpty(exception.Cause);
    }

    [Fact]
    public void The_error_names_offset_and_tag()
    {
        var bytes = DicomBytes.File().ExplicitHeader(0x00100010, "PN", 60000).Raw(65, 66).ToArray();
        var exception = Assert.Throws<DicomFormatException>(() => DicomFile.Parse(bytes));
        Assert.Equal(DicomTags.PatientName, exception.Tag);
        Assert.Equal(bytes.Length - 10, exception.Offset);
        Assert.DoesNotContain("AB", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_never_does_worse_than_a_typed_error()
    {
        var whole = Nested(20, closed: true);
        for (var length = 0; length < whole.Length; length++)
        {
            try
            {
                using var file = DicomFile.Parse(whole[..length]);
            }
            catch (DicomFormatException)
            {
            }
        }
    }

    [Fact]
    public void A_file_with_bits_turned_never_does_worse_than_a_typed_error()
    {
        var random = new Random(7);
        var whole = Nested(10, closed: true);
        for (var round = 0; round < 3000; round++)
        {
            var damaged = whole.ToArray();
            for (var change = 0; change < 3; change++)
            {
                damaged[random.Next(132, damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                using var file = DicomFile.Parse(damaged);
                DicomWriter.WriteDataSet(Stream.Null, file.TransferSyntax, file.DataSet.Copy());
            }
            catch (DicomFormatException)
            {
            }
        }
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Nested(int depth, bool closed)
    {
        var bytes = DicomBytes.File().Text(0x00080060, "CS", "CT");
        for (var level = 0; level < depth; level++)
        {
            bytes.ExplicitHeader(0x00400275, "SQ", Undefined).Item(Undefined);
        }

        bytes.Text(0x00100010, "PN", "Nobody^Nil");
        for (var level = 0; closed && level < depth; level++)
        {
            bytes.EndItem().EndSequence();
        }

        return bytes.ToArray();
    }
}

internal static class DicomBytesExtensions
{
    /// <summary>A UT with undefined length, which no text may have.</summary>
    public static DicomBytes Tagged(this DicomBytes bytes, uint tag) => bytes.ExplicitHeader(tag, "UT", 0xFFFFFFFF).Raw(65, 66);
}
