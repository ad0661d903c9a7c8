using Smi.Tests;

namespace Smi.Dicom.Tests.Reading;

public sealed class RoundTripTests
{
    [Fact]
    public void Real_files_are_written_back_byte_for_byte_or_refused_for_a_stated_reason()
    {
        foreach (var path in SharedFiles.In("corpus").Concat(SharedFiles.In("golden/ctp/in")).Concat(SharedFiles.In("eval/deid/dev/input")))
        {
            if (Path.GetExtension(path) is not (".md" or ".tsv"))
            {
                CheckRoundTrip(path);
            }
        }
    }

    private static void CheckRoundTrip(string path)
    {
        try
        {
            using var file = DicomFile.Open(path);
            using var written = new MemoryStream();
            var syntax = TransferSyntax.Native(file.TransferSyntax.Encoding);
            DicomWriter.WriteDataSet(written, syntax, file.DataSet.Copy());
            file.TrailingBytes.CopyTo(written);
            Assert.True(written.GetBuffer().AsSpan(0, (int)written.Length).SequenceEqual(DataSetBytes(file, path)), path);
        }
        catch (DicomFormatException exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {exception.Message}");
        }
    }

    private static ReadOnlySpan<byte> DataSetBytes(DicomFile file, string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = file.DataSet.Elements[0].Origin?.Bytes.Offset ?? throw new InvalidOperationException("no element has an origin");
        if (!file.TransferSyntax.IsDeflated)
        {
            return bytes.AsSpan((int)start);
        }

        var meta = file.FileMeta?.Elements[^1].Origin?.Bytes ?? throw new InvalidOperationException("a deflated file has file meta information");
        using var inflater = new System.IO.Compression.DeflateStream(
            new MemoryStream(bytes, (int)(meta.Offset + meta.Length), bytes.Length - (int)(meta.Offset + meta.Length)),
            System.IO.Compression.CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        inflater.CopyTo(inflated);
        return inflated.ToArray();
    }
}
