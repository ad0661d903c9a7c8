using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Images that are not what they declare: refused with a reason, or passed only where the policy says that such images carry no text.</summary>
public sealed class BadPixelTests
{
    private const int Width = 128;
    private const int Height = 96;
    private const string Dose = "1.2.840.10008.5.1.4.1.1.481.2";

    private static readonly FrameFormat s_format = PixelWork.Gray(Width, Height);

    public static TheoryData<string> Encoded =>
    [
        TransferSyntaxCodecs.RleLossless, TransferSyntaxCodecs.JpegLosslessFirstOrder, TransferSyntaxCodecs.JpegLsLossless, TransferSyntaxCodecs.Jpeg2000Lossless,
    ];

    public static TheoryData<string> NotUnderstood =>
    [
        "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203", // HTJ2K
        "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.112", // JPEG XL
        "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.107", // MPEG-2, H.264, HEVC
        "1.2.840.10008.1.2.4.52", // arithmetic JPEG
    ];

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Refuses_a_frame_that_ends_too_early(string uid)
    {
        var codestream = Codestream(uid, 1);

        Assert.NotNull(Refusal(Fragments(1, codestream[..(codestream.Length / 4 * 2)]), uid));
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Refuses_a_frame_that_is_no_codestream(string uid)
    {
        var noise = new byte[2000];
        new Random(1).NextBytes(noise);

        Assert.NotNull(Refusal(Fragments(1, noise), uid));
        Assert.NotNull(Refusal(Fragments(1, []), uid));
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Refuses_more_and_fewer_frames_than_declared(string uid)
    {
        var codestreams = new[] { Codestream(uid, 1), Codestream(uid, 2) };

        Assert.Null(Refusal(Fragments(2, codestreams), uid));
        Assert.NotNull(Refusal(Fragments(3, codestreams), uid));
        Assert.NotNull(Refusal(Fragments(1, codestreams), uid));
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Refuses_rows_and_columns_that_the_codestream_does_not_have(string uid)
    {
        var taller = Fragments(1, Codestream(uid, 1));
        taller.SetUInt16(DicomTags.Rows, Height + 8);
        var wider = Fragments(1, Codestream(uid, 1));
        wider.SetUInt16(DicomTags.Columns, Width - 3);

        Assert.NotNull(Refusal(taller, uid));
        Assert.NotNull(Refusal(wider, uid));
    }

    [Theory]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless)]
    [InlineData(TransferSyntaxCodecs.RleLossless)]
    public void Puts_frames_of_several_fragments_together_without_an_offset_table(string uid)
    {
        var (first, second) = (Codestream(uid, 1), Codestream(uid, 2));
        var image = Fragments(2, first[..200], first[200..], second[..300], second[300..]);

        using var context = PixelWork.Run(image, Syntax(uid), out var refusal);

        Assert.Null(refusal);
        Assert.Equal([Slope(1), Slope(2)], [PixelWork.Frame(context, 0), PixelWork.Frame(context, 1)]);
    }

    [Fact]
    public void Refuses_fragments_whose_frames_cannot_be_told_apart()
    {
        var codestream = Codestream(TransferSyntaxCodecs.JpegLsLossless, 1);

        Assert.NotNull(Refusal(Fragments(2, codestream[..200], codestream[200..300], codestream[300..]), TransferSyntaxCodecs.JpegLsLossless));
    }

    [Fact]
    public void Refuses_an_offset_table_that_counts_less_codestreams_than_there_are()
    {
        var image = Fragments(1, Codestream(TransferSyntaxCodecs.JpegLsLossless, 1), Codestream(TransferSyntaxCodecs.JpegLsLossless, 2));
        if (image.Find(DicomTags.PixelData) is EncapsulatedElement element)
        {
            image.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(new byte[4]), .. element.Fragments.Skip(1)]));
        }

        Assert.NotNull(Refusal(image, TransferSyntaxCodecs.JpegLsLossless));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 128, 1)]
    [InlineData(65535, 65535, 1)]
    [InlineData(96, 128, 2)]
    [InlineData(96, 128, int.MaxValue)]
    [InlineData(96, 128, 0)]
    [InlineData(96, 129, 1)]
    public void Refuses_native_pixels_that_are_less_than_declared(int rows, int columns, int frames)
    {
        var image = PixelWork.Image(s_format, Slope(1));
        image.SetUInt16(DicomTags.Rows, (ushort)rows);
        image.SetUInt16(DicomTags.Columns, (ushort)columns);
        image.SetString(DicomTags.NumberOfFrames, VR.IS, frames.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.NotNull(Refusal(image, "1.2.840.10008.1.2.1"));
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Takes_no_memory_for_a_frame_that_is_declared_enormous_in_a_small_file(string uid)
    {
        var image = Fragments(1, Codestream(uid, 1));
        image.SetUInt16(DicomTags.Rows, 65535);
        image.SetUInt16(DicomTags.Columns, 65535);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotNull(Refusal(image, uid));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public void Refuses_a_transfer_syntax_that_is_not_understood_unless_the_image_is_exempt(string uid)
    {
        var image = Fragments(1, new byte[64]);

        Assert.Contains(Syntax(uid).Name, Refusal(image, uid), StringComparison.Ordinal);

        image.SetString(DicomTags.SopClassUid, VR.UI, Dose);
        Assert.Null(Refusal(image, uid));
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.7", false)]
    [InlineData("1.2.840.10008.5.1.4.1.1.30", true)]
    public void Passes_floating_point_pixels_only_where_the_policy_says_that_they_carry_no_text(string sopClass, bool passes)
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height, allocated: 32, stored: 32), new byte[4 * Width * Height]);
        var values = image.FindValue(DicomTags.PixelData)?.Value ?? default;
        image.Remove(DicomTags.PixelData);
        image.Set(new ValueElement(DicomTags.FloatPixelData, VR.OF, values));
        image.SetString(DicomTags.SopClassUid, VR.UI, sopClass);

        Assert.Equal(passes, Refusal(image, "1.2.840.10008.1.2.1") is null);
        using var ruled = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal, new PixelPolicy { Rules = RegionRules.Parse("r", "Box\n{ Rows.equals(\"96\") } (30,20,20,10)") });
        Assert.Equal("a rule blanks floating point pixels, which cannot be written", refusal?.Reason);
    }

    [Fact]
    public void Refuses_samples_that_are_neither_unsigned_nor_signed()
    {
        var image = PixelWork.Image(s_format, Slope(1));
        image.SetUInt16(DicomTags.PixelRepresentation, 2);

        Assert.NotNull(Refusal(image, "1.2.840.10008.1.2.1"));
    }

    [Fact]
    public void Refuses_fragments_in_a_transfer_syntax_that_has_none() => Assert.Contains("fragments", Refusal(Fragments(1, new byte[64]), "1.2.840.10008.1.2.1"), StringComparison.Ordinal);

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.66.4", "exempt")]
    [InlineData("1.2.840.10008.5.1.4.1.1.7.1", "examined")]
    public void Passes_single_bits_of_segmentations_and_examines_those_of_captures(string sopClass, string expected)
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height, allocated: 1, stored: 1), new byte[Width * Height / 8]);
        image.SetString(DicomTags.SopClassUid, VR.UI, sopClass);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        Assert.Equal(expected, context.Report.Pixels);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(16, 17)]
    [InlineData(12, 12)]
    public void Refuses_samples_of_a_depth_that_is_not_understood(int allocated, int stored)
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height, allocated: allocated, stored: stored), new byte[8 * Width * Height]);

        Assert.NotNull(Refusal(image, "1.2.840.10008.1.2.1"));
    }

    [Theory]
    [InlineData("CMYK", 4, true)]
    [InlineData("ARGB", 4, true)]
    [InlineData("HSV", 3, true)]
    [InlineData("YBR_RCT", 3, true)]
    [InlineData("RGB", 3, false)]
    [InlineData("YBR_FULL", 3, false)]
    public void Refuses_colours_of_which_it_does_not_know_how_they_are_seen(string interpretation, int samples, bool isRefused)
    {
        var format = s_format with { SamplesPerPixel = samples, PhotometricInterpretation = interpretation };

        Assert.Equal(isRefused, Refusal(PixelWork.Image(format, new byte[samples * Width * Height]), "1.2.840.10008.1.2.1") is not null);
    }

    [Theory]
    [InlineData("YBR_FULL_422")]
    [InlineData("YBR_PARTIAL_422")]
    public void Takes_two_bytes_a_pixel_where_chroma_is_shared(string interpretation)
    {
        var format = s_format with { SamplesPerPixel = 3, PhotometricInterpretation = interpretation };

        Assert.Null(Refusal(PixelWork.Image(format, new byte[2 * Width * Height]), "1.2.840.10008.1.2.1"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(Height, true)]
    public void Refuses_shared_chroma_of_odd_columns_whose_rows_are_padded(int padding, bool isRefused)
    {
        var format = s_format with { SamplesPerPixel = 3, Columns = Width - 1, PhotometricInterpretation = "YBR_FULL_422" };
        var image = PixelWork.Image(format, new byte[(2 * (Width - 1) * Height) + (2 * padding)]);

        Assert.Equal(isRefused, Refusal(image, "1.2.840.10008.1.2.1") is not null);
    }

    [Theory]
    [InlineData(Width, 1)]
    [InlineData(Width, 3)]
    [InlineData(Width - 1, 1)]
    public void Refuses_chroma_of_every_pixel_where_two_are_said_to_share_it(int columns, int frames)
    {
        var format = s_format with { SamplesPerPixel = 3, Columns = columns, PhotometricInterpretation = "YBR_FULL_422" };
        var image = PixelWork.Image(format, [.. Enumerable.Repeat(new byte[3 * columns * Height], frames)]);

        Assert.NotNull(Refusal(image, "1.2.840.10008.1.2.1"));
        using var context = Exempt(image);
        Assert.NotNull(new PixelDataExtentStage().Apply(context, CancellationToken.None));
    }

    [Fact]
    public void Keeps_the_pair_that_the_last_of_an_odd_number_of_pixels_begins()
    {
        var format = s_format with { SamplesPerPixel = 3, Columns = 3, Rows = 3, PhotometricInterpretation = "YBR_FULL_422" };
        using var context = Exempt(PixelWork.Image(format, new byte[20], new byte[20]));

        Assert.Null(new PixelDataExtentStage().Apply(context, CancellationToken.None));
        Assert.Equal(40, context.Edited.FindValue(DicomTags.PixelData)?.Length);
    }

    /// <summary>The stages about pixels, one after the other, as a file meets them.</summary>
    private static string? Refusal(DicomDataSet image, string uid)
    {
        try
        {
            using var context = PixelWork.Run(image, Syntax(uid), out var refusal);
            return (refusal ?? new PixelDataExtentStage().Apply(context, CancellationToken.None))?.Reason;
        }
        catch (DicomFormatException failure)
        {
            return failure.Message;
        }
    }

    private static DeidContext Exempt(DicomDataSet image) => PixelWork.Run(
        image, TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { Examination = [new ExaminationRule { Name = "none", IsExamined = false }] });

    private static TransferSyntax Syntax(string uid) => TransferSyntax.Find(uid) ?? throw new ArgumentException("not a transfer syntax of files", nameof(uid));

    private static byte[] Slope(int start) => [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(start + (i % Width / 4) + (i / Width / 2)))];

    private static byte[] Codestream(string uid, int start) =>
        (TransferSyntaxCodecs.FindEncoder(Syntax(uid)) ?? throw new ArgumentException("there is no encoder", nameof(uid))).Encode(Slope(start), s_format);

    private static DicomDataSet Fragments(int frames, params byte[][] fragments)
    {
        var image = PixelWork.Image(s_format, Slope(1));
        image.SetString(DicomTags.NumberOfFrames, VR.IS, frames.ToString(System.Globalization.CultureInfo.InvariantCulture));
        image.Set(new EncapsulatedElement(
            DicomTags.PixelData,
            [new ByteSlice(Array.Empty<byte>()), .. fragments.Select(fragment => new ByteSlice(fragment.Length % 2 == 0 ? fragment : [.. fragment, 0]))]));
        return image;
    }
}
