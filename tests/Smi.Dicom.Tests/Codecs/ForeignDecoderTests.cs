using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Frames;
using Smi.Dicom.Tests.Frames;
using Smi.Tests;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>What this program encodes, read by others; what others encoded, read by both.</summary>
public sealed class ForeignDecoderTests
{
    [Theory]
    [InlineData(TransferSyntaxCodecs.RleLossless, "dcmdrle", 8, 1, false)]
    [InlineData(TransferSyntaxCodecs.RleLossless, "dcmdrle", 16, 1, true)]
    [InlineData(TransferSyntaxCodecs.RleLossless, "gdcmconv", 8, 3, false)]
    [InlineData(TransferSyntaxCodecs.JpegLosslessFirstOrder, "dcmdjpeg", 8, 1, false)]
    [InlineData(TransferSyntaxCodecs.JpegLosslessFirstOrder, "dcmdjpeg", 12, 1, false)]
    [InlineData(TransferSyntaxCodecs.JpegLosslessFirstOrder, "dcmdjpeg", 16, 1, true)]
    [InlineData(TransferSyntaxCodecs.JpegLossless, "dcmdjpeg", 8, 3, false)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless, "dcmdjpls", 8, 1, false)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless, "dcmdjpls", 12, 1, false)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless, "dcmdjpls", 16, 1, true)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless, "dcmdjpls", 8, 3, false)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless, "gdcmconv", 8, 1, false)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless, "gdcmconv", 12, 1, false)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless, "gdcmconv", 16, 1, true)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless, "gdcmconv", 8, 3, false)]
    public void Others_decode_what_is_encoded_here_to_the_same_samples(string uid, string program, int bits, int samples, bool isSigned)
    {
        var format = SyntheticFrame.Format(61, 83, bits, samples, isSigned);
        // GDCM 3.0.21 decodes several signed frames of JPEG 2000 and then cannot write them.
        int[] seeds = isSigned && program == "gdcmconv" ? [1] : [1, 2];
        byte[][] frames = [.. seeds.Select(seed => SyntheticFrame.Create(format, seed))];
        var syntax = TransferSyntax.Find(uid);
        Assert.NotNull(syntax);
        var encoder = TransferSyntaxCodecs.FindEncoder(syntax);
        Assert.NotNull(encoder);
        var image = Image(format with { PhotometricInterpretation = uid == TransferSyntaxCodecs.Jpeg2000Lossless && samples == 3 ? "YBR_RCT" : format.PhotometricInterpretation },
            [.. frames.Select(frame => encoder.Encode(frame, format))]);

        var decoded = ForeignDecoder.Decode(program, image, syntax);

        Assert.NotNull(decoded);
        Assert.Equal(frames.SelectMany(frame => frame), decoded.Take(frames.Length * (int)format.FrameLength));
    }

    [Theory]
    [InlineData("baseline-gray", TransferSyntaxCodecs.JpegBaseline)]
    [InlineData("baseline-420", TransferSyntaxCodecs.JpegBaseline)]
    [InlineData("baseline-422", TransferSyntaxCodecs.JpegBaseline)]
    [InlineData("extended-12", TransferSyntaxCodecs.JpegExtended)]
    public void Others_decode_a_redacted_JPEG_as_it_is_decoded_here(string name, string uid)
    {
        var fixture = new JpegFixture(name);
        var levels = fixture.Format.SamplesPerPixel == 1 ? (int[])[0] : [0, 128, 128];
        var redacted = JpegRedactor.Redact(fixture.Codestream, [new PixelBox(2, 2, 14, 7)], [new PixelBox(20, 9, 33, 21)], levels);
        var syntax = TransferSyntax.Find(uid);
        Assert.NotNull(syntax);

        var decoded = ForeignDecoder.Decode("dcmdjpeg", Image(fixture.Format, [redacted]), syntax);

        Assert.NotNull(decoded);
        var ours = JpegDecoderTests.Decode(redacted, fixture.Format);
        Assert.InRange(LargestDifference(ours, decoded, fixture.Format.BytesPerSample), 0, 2);
    }

    [Fact]
    public void Lossy_files_decode_within_two_levels_of_GDCM_or_DCMTK()
    {
        foreach (var path in LossyFiles())
        {
            using var file = DicomFile.Open(path);
            using var raw = new MemoryStream();
            RawPixels.Write(file.DataSet, file.TransferSyntax, raw);
            var bytes = FrameReader.Open(file.DataSet, file.TransferSyntax).Format.BytesPerSample;
            string[] programs = file.TransferSyntax.Uid is TransferSyntaxCodecs.JpegBaseline or TransferSyntaxCodecs.JpegExtended ? ["dcmdjpeg", "gdcmconv"] : ["gdcmconv", "dcmdjpls"];
            var least = programs.Select(program => ForeignDecoder.Decode(program, path)).OfType<byte[]>()
                .Select(decoded => LargestDifference(raw.ToArray(), decoded, bytes)).DefaultIfEmpty(int.MaxValue).Min();
            Assert.True(least <= 2, $"{Path.GetFileName(path)} differs by {least}");
        }
    }

    private static IEnumerable<string> LossyFiles()
    {
        var files = SharedFiles.In("corpus/codecs").ToDictionary(path => Path.GetFileName(path));
        return !files.TryGetValue("pixels.tsv", out var references) ? []
            : File.ReadLines(references).Skip(1).Select(line => line.Split('\t'))
                .Where(columns => TransferSyntax.Find(columns[1]) is { } syntax && TransferSyntaxCodecs.IsLossy(syntax))
                .Select(columns => files[columns[0]]);
    }

    private static DicomDataSet Image(FrameFormat format, byte[][] codestreams)
    {
        var image = TestImages.DataSet(format, codestreams.Length);
        image.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
        image.SetString(DicomTags.SopInstanceUid, VR.UI, "2.25.1");
        image.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(Array.Empty<byte>()), .. codestreams.Select(codestream => new ByteSlice(codestream))]));
        return image;
    }

    private static int LargestDifference(byte[] ours, byte[] theirs, int bytes)
    {
        // An odd length is padded (PS3.5 7.1).
        if (ours.Length + (ours.Length & 1) != theirs.Length + (theirs.Length & 1))
        {
            return int.MaxValue;
        }

        var largest = 0;
        for (var i = 0; i + bytes <= ours.Length; i += bytes)
        {
            int Value(byte[] samples) => bytes == 1 ? samples[i] : BitConverter.ToInt16(samples, i);
            largest = Math.Max(largest, Math.Abs(Value(ours) - Value(theirs)));
        }

        return largest;
    }
}
