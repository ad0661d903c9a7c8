using System.Diagnostics;
using System.Globalization;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;
using Smi.Dicom.Codecs.Jpeg2000;
using Smi.Dicom.Frames;
using Smi.Tests;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>
/// Codestreams of every syntax, damaged with a seed: each ends in a frame or in a typed refusal, soon, and takes no more memory than the frame calls for.
/// SMI_DAMAGED_STREAMS: how many of each syntax (eng/long.sh damaged_streams).
/// </summary>
public sealed class DamagedStreamTests
{
    private const int Rows = 72;
    private const int Columns = 88;
    private const long MostMemory = 24 << 20;
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(5);

    private static readonly int s_count = int.Parse(Environment.GetEnvironmentVariable("SMI_DAMAGED_STREAMS") ?? "150", CultureInfo.InvariantCulture);

    public static TheoryData<string, int, int> Streams => new()
    {
        { TransferSyntaxCodecs.RleLossless, 1, 16 },
        { TransferSyntaxCodecs.RleLossless, 3, 8 },
        { TransferSyntaxCodecs.JpegLosslessFirstOrder, 1, 16 },
        { TransferSyntaxCodecs.JpegLossless, 3, 8 },
        { TransferSyntaxCodecs.JpegLsLossless, 1, 12 },
        { TransferSyntaxCodecs.JpegLsLossless, 3, 8 },
        { TransferSyntaxCodecs.Jpeg2000Lossless, 1, 12 },
        { TransferSyntaxCodecs.Jpeg2000Lossless, 3, 8 },
    };

    public static TheoryData<string> Fixtures => ["baseline-gray", "baseline-420", "baseline-422", "extended-12", "progressive-420", "spectral-12"];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Ends_soon_in_a_frame_or_a_refusal(string uid, int samples, int bits)
    {
        var format = SyntheticFrame.Format(Rows, Columns, bits, samples);
        var syntax = TransferSyntax.Find(uid) ?? throw new ArgumentException("no such transfer syntax", nameof(uid));
        var encoder = TransferSyntaxCodecs.FindEncoder(syntax) ?? throw new ArgumentException("there is no encoder", nameof(uid));
        var stream = encoder.Encode(SyntheticFrame.Create(format, 1), format);
        for (var seed = 0; seed < s_count; seed++)
        {
            var damaged = Damaged(stream, seed);
            Try(syntax, format, damaged, seed);
            if (uid == TransferSyntaxCodecs.Jpeg2000Lossless)
            {
                Measured(seed, () => Jpeg2000Redactor.Redact(damaged, format, [new PixelBox(2, 2, 14, 7)], new long[samples]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Ends_soon_for_lossy_JPEG_and_its_blanking_too(string name)
    {
        var fixture = new JpegFixture(name);
        var syntax = TransferSyntax.Find(TransferSyntaxCodecs.JpegExtended) ?? throw new InvalidOperationException("no such transfer syntax");
        for (var seed = 0; seed < s_count; seed++)
        {
            var damaged = Damaged(fixture.Codestream, seed);
            Try(syntax, fixture.Format, damaged, seed);
            Measured(seed, () => JpegRedactor.Redact(damaged, [new PixelBox(2, 2, 14, 7)], [new PixelBox(20, 9, 33, 21)], fixture.Format.SamplesPerPixel == 1 ? [0] : [0, 128, 128]));
        }
    }

    private static void Try(TransferSyntax syntax, FrameFormat format, byte[] stream, int seed)
    {
        var frame = new byte[format.FrameLength];
        Measured(seed, () => TransferSyntaxCodecs.FindDecoder(syntax)?.Decode(stream, format, frame));
        Measured(seed, () => TransferSyntaxCodecs.RemoveMetadata(syntax, stream, format));
    }

    private static void Measured(int seed, Action work)
    {
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        try
        {
            work();
        }
        catch (DicomFormatException)
        {
            // Refused, as it should be.
        }

        var (memory, time) = (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(started));
        Assert.True(memory < MostMemory && time < s_mostTime, $"seed {seed}: {memory >> 20} MB, {time.TotalSeconds:F1} s");
    }

    /// <summary>One to six changes, half of them among the headers: other bytes, extremes of sizes, pieces that are gone, doubled or moved.</summary>
    private static byte[] Damaged(byte[] stream, int seed)
    {
        var random = new Random(seed);
        List<byte> bytes = [.. stream];
        for (var change = random.Next(1, 7); change > 0 && bytes.Count > 4; change--)
        {
            var at = random.Next(random.Next(2) == 0 ? Math.Min(80, bytes.Count) : bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = 0xFF;
                    bytes[Math.Min(at + 1, bytes.Count - 1)] = (byte)(random.Next(2) == 0 ? 0xFF : random.Next(0xC0, 0x100));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
                default:
                    Damage.Change(bytes, at, longest: 40, random);
                    break;
            }
        }

        return [.. bytes];
    }
}
