using System.Text;
using Smi.Dicom.Codecs.Jpeg;

namespace Smi.Dicom.Tests.Codecs;

public sealed class JpegMetadataTests
{
    private static readonly byte[] Name = Encoding.ASCII.GetBytes("DOE^JOHN");

    [Fact]
    public void Removes_comments_and_application_segments_and_nothing_else()
    {
        byte[] plain = JpegMetadata.Remove(new JpegFixture("baseline-gray").Codestream);
        byte[] named = Insert(plain, Segment(0xFE, Name), Segment(0xE1, Name), Segment(0xED, Name), Segment(0xEF, Name));
        Assert.Equal(plain, JpegMetadata.Remove(named));
    }

    [Fact]
    public void Removes_a_comment_between_scans_and_bytes_after_the_end()
    {
        var stream = new CoefficientStream
        {
            Columns = 16,
            Rows = 16,
            Sampling = [(1, 1), (1, 1), (1, 1)],
            IsInterleaved = false,
            Block = JpegDecoderTests.Textured,
        };
        byte[] plain = stream.Write();
        int table = plain.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xC4]);
        byte[] named = [.. plain[..table], .. Segment(0xFE, Name), .. plain[table..], .. Name];
        Assert.Equal(plain, JpegMetadata.Remove(named));
    }

    [Fact]
    public void Keeps_the_colour_transform_of_an_Adobe_segment_but_no_more_of_it()
    {
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1];
        byte[] plain = JpegMetadata.Remove(new JpegFixture("baseline-444").Codestream);
        Assert.Equal(Insert(plain, Segment(0xEE, adobe)), JpegMetadata.Remove(Insert(plain, Segment(0xEE, [.. adobe, .. Name, .. Name]))));
        Assert.Equal(plain, JpegMetadata.Remove(Insert(plain, Segment(0xEE, Name))));
    }

    [Fact]
    public void Keeps_JFIF_without_its_thumbnail_where_component_numbers_do_not_tell_the_colour_space()
    {
        byte[] jfif = [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 1, 1, (byte)'D', (byte)'O', (byte)'E'];
        byte[] plain = JpegMetadata.Remove(new JpegFixture("baseline-444").Codestream);
        Assert.Equal(plain, JpegMetadata.Remove(Insert(plain, Segment(0xE0, jfif))));
        byte[] renumbered = Renumbered(plain);
        byte[] expected = Insert(renumbered, Segment(0xE0, [.. jfif[..12], 0, 0]));
        Assert.Equal(expected, JpegMetadata.Remove(Insert(renumbered, Segment(0xE0, jfif))));
    }

    [Fact]
    public void Keeps_what_JPEG_LS_needs_and_its_entropy_coded_bytes()
    {
        byte[] frame = Segment(0xF7, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
        byte[] parameters = Segment(0xF8, [1, 0, 255, 0, 3, 0, 7, 0, 21, 0, 64]);
        byte[] scan = [.. Segment(0xDA, [1, 1, 0, 0, 0, 0]), 0x12, 0xFF, 0x7F, 0x34];
        byte[] transform = Segment(0xE8, [.. "mrfx"u8, 1]);
        byte[] plain = [0xFF, 0xD8, .. transform, .. frame, .. parameters, .. scan, 0xFF, 0xD9];
        byte[] named = Insert(plain, Segment(0xFE, Name), Segment(0xE8, Name));
        Assert.Equal([.. plain, 0], JpegMetadata.Remove(named));
    }

    [Fact]
    public void Damaged_streams_are_refused_or_cleaned_but_never_fail_otherwise()
    {
        var random = new Random(9);
        foreach (JpegFixture fixture in JpegFixture.All)
        {
            for (int i = 0; i < 200; i++)
            {
                TryRemove(JpegDecoderTests.Damage(fixture.Codestream, random));
            }
        }
    }

    private static void TryRemove(byte[] codestream)
    {
        try
        {
            JpegMetadata.Remove(codestream);
        }
        catch (DicomFormatException)
        {
            // Refusing is right.
        }
    }

    private static byte[] Renumbered(byte[] codestream)
    {
        byte[] copy = [.. codestream];
        int frame = copy.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        int scan = copy.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        for (int i = 0; i < 3; i++)
        {
            copy[frame + 10 + 3 * i] = "RGB"u8[i];
            copy[scan + 5 + 2 * i] = "RGB"u8[i];
        }

        return copy;
    }

    private static byte[] Segment(byte marker, byte[] payload) => [0xFF, marker, 0, (byte)(payload.Length + 2), .. payload];

    private static byte[] Insert(byte[] codestream, params byte[][] segments) =>
        [.. codestream[..2], .. segments.SelectMany(s => s), .. codestream[2..]];
}
