using System.Security.Cryptography;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using Smi.Tests;

namespace Smi.Dicom.Tests.Frames;

/// <summary>Against the reference pixels of public files, where that folder is next to the repository.</summary>
public sealed class CodecCorpusTests
{
    private static readonly HashSet<string> KnownDifferences =
    [
        // GDCM clears the bits above Bits Stored; dcmdjpeg keeps the overlay that is there, and so do we.
        "dpa_XA_GE_JPEG_overlays.dcm",
        // GDCM mixes up the planes of 16-bit RLE colour; dcmdrle and we give red, green, blue as the image was made.
        "py_SC_rgb_rle_16bit.dcm",
        // The file ends within Pixel Data and is refused.
        "py_MR_truncated.dcm",
    ];

    [Fact]
    public void Lossless_files_decode_to_the_reference_pixels()
    {
        var files = SharedFiles.In("corpus/codecs").ToDictionary(path => Path.GetFileName(path));
        if (!files.TryGetValue("pixels.tsv", out var references))
        {
            return;
        }

        foreach (var columns in File.ReadLines(references).Skip(1).Select(line => line.Split('\t')))
        {
            if (TransferSyntax.Find(columns[1]) is { } syntax && IsComparable(syntax) && !KnownDifferences.Contains(columns[0]))
            {
                Assert.Equal((columns[0], columns[^2]), (columns[0], HashOf(files[columns[0]])));
            }
        }
    }

    private static bool IsComparable(TransferSyntax syntax) =>
        !syntax.IsEncapsulated || (TransferSyntaxCodecs.FindDecoder(syntax) is not null && !TransferSyntaxCodecs.IsLossy(syntax));

    private static string HashOf(string path)
    {
        using var file = DicomFile.Open(path);
        using var pixels = new MemoryStream();
        RawPixels.Write(file.DataSet, file.TransferSyntax, pixels);
        return Convert.ToHexStringLower(SHA256.HashData(pixels.ToArray()));
    }
}
