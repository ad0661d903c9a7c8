using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames;

/// <summary>
/// Builds Pixel Data anew from that of a <see cref="FrameReader"/>: frames kept, frames with other samples, frames with another codestream, each
/// exactly once and in order. What is kept is copied from the source only when the file is written. The result is good until the writer
/// and the source are disposed.
/// </summary>
public sealed class FrameWriter : IDisposable
{
    private readonly FrameReader source;
    private readonly FrameSpool spool;
    private readonly IFrameEncoder? encoder;
    private readonly bool isEncapsulated;

    // Readers that take samples as they come out of a codestream show negative ones wrongly when these had 16 bits and now have 12.
    private readonly Lazy<int> bitsCoded;
    private readonly List<IReadOnlyList<ByteSlice>> frames = [];

    // Where frames share bytes or words the whole value is taken into memory once a frame changes.
    private byte[]? wholeValue;

    private FrameWriter(FrameReader source, string spoolFolder, bool isEncapsulated)
    {
        this.source = source;
        this.isEncapsulated = isEncapsulated;
        spool = new FrameSpool(spoolFolder);
        encoder = isEncapsulated ? TransferSyntaxCodecs.FindEncoder(source.Syntax) : null;
        bitsCoded = new Lazy<int>(() => TransferSyntaxCodecs.FindPrecision(source.Syntax, source.ReadCodestream(0).Span) ?? 0);
    }

    /// <summary>The result has the transfer syntax of the source.</summary>
    /// <param name="source">Whose frames are kept or replaced.</param>
    /// <param name="spoolFolder">For a nameless file, should the rewritten frames be too many for memory.</param>
    public static FrameWriter InSyntaxOf(FrameReader source, string spoolFolder) => new(source, spoolFolder, source.IsEncapsulated);

    /// <summary>The result is explicit VR little endian; every frame must be given as samples.</summary>
    public static FrameWriter Native(FrameReader source, string spoolFolder) => source.IsEncapsulated
        ? new(source, spoolFolder, false)
        : throw new ArgumentException("The source is native already.", nameof(source));

    /// <summary>It takes codestreams.</summary>
    public bool IsEncapsulated => isEncapsulated;

    /// <summary>Compressed frames become native ones.</summary>
    public bool IsConversion => source.IsEncapsulated && !isEncapsulated;

    /// <summary>The next frame stays as it is stored.</summary>
    public void Keep()
    {
        if (IsConversion)
        {
            throw new InvalidOperationException("A compressed frame cannot be kept in native Pixel Data.");
        }

        var frame = NextFrame();
        if (isEncapsulated)
        {
            frames.Add([.. source.FragmentsOf(frame).Select(Even)]);
        }
        else if (source.Element is ValueElement native && !source.Layout.SharesWords)
        {
            var (bytes, _) = source.LocateNative(frame);
            frames.Add([native.Value.Part(bytes.Start, bytes.Length)]);
        }
        else
        {
            frames.Add([]);
        }
    }

    /// <summary>The next frame gets these samples, laid out as <see cref="FrameReader.Format"/> says; compressed ones are encoded without loss, in as many bits as the source's.</summary>
    public void WriteSamples(ReadOnlySpan<byte> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, source.Format.FrameLength);
        var frame = NextFrame();
        if (isEncapsulated)
        {
            frames.Add([spool.Add(Encode(samples))]);
        }
        else if (source.Layout.SharesWords)
        {
            PackIntoWhole(frame, samples);
        }
        else
        {
            frames.Add([spool.Add(IsConversion || source.Layout.IsAsDecoded ? samples : Pack(samples))]);
        }
    }

    /// <summary>Samples as a codestream of the source's transfer syntax, without loss. Safe from many threads.</summary>
    /// <exception cref="InvalidOperationException">There is no such codestream.</exception>
    public byte[] Encode(ReadOnlySpan<byte> samples)
    {
        if (encoder is null)
        {
            throw new InvalidOperationException("This transfer syntax cannot be written without loss.");
        }

        if (source.Format.BitsAllocated > 16 && encoder is not RleCodec)
        {
            throw new DicomFormatException("samples of more than 16 bits cannot be written in this transfer syntax", tag: DicomTags.BitsAllocated);
        }

        // The photometric interpretation that the file declares tells JPEG 2000 which component transform it will be read with.
        return encoder.Encode(samples, source.Format with
        {
            PhotometricInterpretation = source.StoredFormat.PhotometricInterpretation,
            BitsStored = Math.Clamp(bitsCoded.Value, source.Format.BitsStored, source.Format.BitsAllocated),
        });
    }

    /// <summary>The next frame gets this codestream, which must be of the source's transfer syntax.</summary>
    public void WriteCodestream(byte[] codestream)
    {
        if (!isEncapsulated)
        {
            throw new InvalidOperationException("Native Pixel Data holds no codestreams.");
        }

        NextFrame();
        frames.Add([Even(spool.Add(codestream))]);
    }

    /// <exception cref="InvalidOperationException">Frames are missing.</exception>
    public RewrittenPixelData Finish()
    {
        if (frames.Count != source.FrameCount)
        {
            throw new InvalidOperationException("Not every frame was kept or written.");
        }

        return isEncapsulated
            ? RewrittenPixelData.Encapsulated(source, frames)
            : RewrittenPixelData.Native(source, NativeValue());
    }

    public void Dispose() => spool.Dispose();

    private int NextFrame() => frames.Count < source.FrameCount
        ? frames.Count
        : throw new InvalidOperationException("There are more frames than declared.");

    private byte[] Pack(ReadOnlySpan<byte> samples)
    {
        var stored = new byte[source.Layout.BitsPerFrame / 8];
        source.Layout.Pack(samples, stored, 0);
        return stored;
    }

    private void PackIntoWhole(int frame, ReadOnlySpan<byte> samples)
    {
        if (wholeValue is null && source.Element is ValueElement native)
        {
            wholeValue = native.Value.ToMemory().ToArray();
        }

        var (bytes, firstBit) = source.LocateNative(frame);
        source.Layout.Pack(samples, wholeValue.AsSpan((int)bytes.Start, (int)bytes.Length), firstBit);
        frames.Add([]);
    }

    // A frame of odd length at the end is padded; what lay behind the last frame is not taken over.
    private ByteSlice NativeValue()
    {
        if (source.Layout.SharesWords && source.Element is ValueElement native)
        {
            return wholeValue is null ? native.Value : new ByteSlice(wholeValue);
        }

        var parts = frames.SelectMany(parts => parts).ToList();
        if (parts.Sum(part => part.Length) % 2 == 1)
        {
            parts.Add(new ByteSlice(new byte[1]));
        }

        var spliced = new SplicedSource(parts);
        return new ByteSlice(spliced, 0, spliced.Length);
    }

    // PS3.5 A.4: fragments have even length. Files of writers who did not know are mended on the way.
    private ByteSlice Even(ByteSlice fragment)
    {
        if (fragment.Length % 2 == 0)
        {
            return fragment;
        }

        return spool.Add([.. fragment.ToMemory().Span, 0]);
    }
}
