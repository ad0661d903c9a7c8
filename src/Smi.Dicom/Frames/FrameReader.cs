using System.Buffers;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg;

namespace Smi.Dicom.Frames;

/// <summary>
/// Reads the frames of Pixel Data one at a time, native or compressed; nothing is held between calls. What the data set declares is checked
/// against what is there before memory is taken. Safe from many threads, as long as none of them uses the data set meanwhile: the source is
/// read by one at a time, frames are decoded side by side.
/// </summary>
public sealed class FrameReader
{
    // Larger than any modality makes; a frame above the first bound must also be believable for its compressed size.
    private const long MaximumFrameLength = 1L << 30;
    private const long SuspiciousFrameLength = 256L << 20;
    private const long MaximumRatio = 2000;

    private readonly DicomElement element;
    private readonly NativeFrameLayout layout;
    private readonly FragmentMap? fragments;
    private readonly IFrameDecoder? decoder;
    private readonly Lock reading = new();

    private FrameReader(DicomElement element, ImagePixelModule image, TransferSyntax syntax, NativeFrameLayout layout, FragmentMap? fragments)
    {
        this.element = element;
        this.layout = layout;
        this.fragments = fragments;
        decoder = fragments is null ? null : TransferSyntaxCodecs.FindDecoder(syntax);
        Syntax = syntax;
        FrameCount = image.FrameCount;
        StoredFormat = image.Format;
        Format = DecodedFormat(image.Format, fragments is not null);
        if (Format is { PhotometricInterpretation: "RGB", SamplesPerPixel: 3 } && TransferSyntaxCodecs.IsLossyJpeg(syntax) && JpegColour.IsYcc(ReadCodestream(0).Span))
        {
            // Many writers say RGB of codestreams that are YCbCr by their own word, and are shown so.
            Format = Format with { PhotometricInterpretation = "YBR_FULL" };
        }
    }

    public TransferSyntax Syntax { get; }

    public int FrameCount { get; }

    public bool IsEncapsulated => fragments is not null;

    /// <summary>As the data set declares it.</summary>
    public FrameFormat StoredFormat { get; }

    /// <summary>
    /// Of the frames that are read: samples interleaved, chroma at full size (YBR_FULL, not YBR_FULL_422), JPEG 2000 as RGB, lossy JPEG as YBR_FULL
    /// when the codestream says so, one byte for each bit of packed data.
    /// </summary>
    public FrameFormat Format { get; }

    internal NativeFrameLayout Layout => layout;

    internal DicomElement Element => element;

    /// <exception cref="DicomFormatException">There is no Pixel Data, it is not what is declared, or its transfer syntax is not understood.</exception>
    public static FrameReader Open(DicomDataSet dataSet, TransferSyntax syntax)
    {
        var image = ImagePixelModule.Read(dataSet);
        if (image.Format.FrameLength > MaximumFrameLength)
        {
            throw new DicomFormatException("a frame of more than 1 GB is declared", tag: DicomTags.PixelData);
        }

        return dataSet.Find(DicomTags.PixelData) switch
        {
            EncapsulatedElement encapsulated => OpenEncapsulated(encapsulated, dataSet, image, syntax),
            ValueElement native => OpenNative(native, image, syntax),
            _ => throw new DicomFormatException("there is no Pixel Data", tag: DicomTags.PixelData),
        };
    }

    /// <summary>The compressed bytes of a frame, its fragments put together.</summary>
    /// <exception cref="InvalidOperationException">Pixel Data is native.</exception>
    public ReadOnlyMemory<byte> ReadCodestream(int frame)
    {
        var parts = FragmentsOf(frame);
        lock (reading)
        {
            return parts.Count == 1 ? parts[0].ToMemory() : Joined(parts);
        }
    }

    /// <summary>Decodes a frame into <paramref name="samples"/>, which has the length that <see cref="Format"/> says.</summary>
    /// <exception cref="DicomFormatException">The frame is damaged.</exception>
    public void Read(int frame, Span<byte> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)frame, (uint)FrameCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, Format.FrameLength);
        if (decoder is not null)
        {
            decoder.Decode(ReadCodestream(frame).Span, StoredFormat, samples);
            if (TransferSyntaxCodecs.IsLossy(Syntax))
            {
                Overshoot.Saturate(samples, StoredFormat);
            }
        }
        else if (element is ValueElement native)
        {
            ReadNative(native, frame, samples);
        }
    }

    /// <summary>A frame in memory of its own.</summary>
    public byte[] Read(int frame)
    {
        RequireBelievable(frame);
        var samples = new byte[Format.FrameLength];
        Read(frame, samples);
        return samples;
    }

    /// <summary>Refuses a frame that is declared far larger than its data can hold; to be asked before memory is taken for it.</summary>
    /// <exception cref="DicomFormatException">It is.</exception>
    public void RequireBelievable(int frame)
    {
        if (IsEncapsulated && Format.FrameLength > SuspiciousFrameLength
            && FragmentsOf(frame).Sum(part => part.Length) * MaximumRatio < Format.FrameLength)
        {
            throw new DicomFormatException("a frame is declared far larger than its data can hold", tag: DicomTags.PixelData);
        }
    }

    internal IReadOnlyList<ByteSlice> FragmentsOf(int frame) => fragments is null
        ? throw new InvalidOperationException("native Pixel Data has no fragments")
        : fragments.FragmentsOf(frame);

    /// <summary>The bytes a native frame touches, and which bit of the first is its first.</summary>
    internal ((long Start, long Length) Bytes, int FirstBit) LocateNative(int frame)
    {
        var first = frame * layout.BitsPerFrame;
        var (start, end) = (first / 8, (first + layout.BitsPerFrame + 7) / 8);
        if (layout.SharesWords)
        {
            // Whole words, for in big endian the two bytes of a word have changed places.
            start &= ~1L;
            end = Math.Min((end + 1) & ~1L, element is ValueElement native ? native.Length : end);
        }

        return ((start, end - start), (int)(first - (8 * start)));
    }

    private static FrameReader OpenEncapsulated(EncapsulatedElement element, DicomDataSet dataSet, ImagePixelModule image, TransferSyntax syntax)
    {
        if (!syntax.IsEncapsulated)
        {
            throw new DicomFormatException("Pixel Data has fragments in a transfer syntax that has none", tag: element.Tag);
        }

        if (TransferSyntaxCodecs.FindDecoder(syntax) is null)
        {
            throw new DicomFormatException($"compressed frames of {syntax.Name} are not understood", tag: DicomTags.TransferSyntaxUid);
        }

        if (image.Format.BitsAllocated == 1)
        {
            throw new DicomFormatException("compressed frames of single bits are not understood", tag: DicomTags.BitsAllocated);
        }

        var fragments = FragmentMap.Create(element, dataSet, image.FrameCount);
        return new FrameReader(element, image, syntax, new NativeFrameLayout(image.Format, false, false), fragments);
    }

    private static FrameReader OpenNative(ValueElement element, ImagePixelModule image, TransferSyntax syntax)
    {
        if (syntax.IsEncapsulated)
        {
            throw new DicomFormatException("Pixel Data has no fragments in a transfer syntax that demands them", tag: element.Tag);
        }

        var layout = new NativeFrameLayout(image.Format, element.IsBigEndian, element.VR == VR.OW);
        var needed = ((Int128)layout.BitsPerFrame * image.FrameCount + 7) / 8;
        if (element.Length < needed)
        {
            throw new DicomFormatException("Pixel Data is shorter than its frames", tag: element.Tag);
        }

        if (layout.HasSharedChroma && element.Length >= (Int128)image.Format.FrameLength * image.FrameCount)
        {
            throw new DicomFormatException("Pixel Data hold the chroma of every pixel where two are said to share it", tag: element.Tag);
        }

        // C.7.6.3.1.2 knows even numbers of columns only. Writers of odd ones let pairs run on into the next row or pad each row; the length tells.
        if (layout.HasSharedChroma && image.Format.Columns % 2 == 1 && element.Length > needed + 1)
        {
            throw new DicomFormatException("an odd number of columns shares its chroma in a way that is not understood", tag: element.Tag);
        }

        return new FrameReader(element, image, syntax, layout, null);
    }

    private static FrameFormat DecodedFormat(FrameFormat stored, bool isEncapsulated) => stored with
    {
        PlanarConfiguration = 0,
        PhotometricInterpretation = stored.PhotometricInterpretation switch
        {
            "YBR_FULL_422" => "YBR_FULL",
            "YBR_ICT" or "YBR_RCT" when isEncapsulated => "RGB",
            var other => other,
        },
    };

    private static byte[] Joined(IReadOnlyList<ByteSlice> parts)
    {
        if (parts.Sum(part => part.Length) > Array.MaxLength)
        {
            throw new DicomFormatException("a compressed frame of 2 GB or more cannot be held in memory", tag: DicomTags.PixelData);
        }

        using var joined = new MemoryStream();
        foreach (var part in parts)
        {
            part.CopyTo(joined);
        }

        return joined.ToArray();
    }

    private void ReadNative(ValueElement native, int frame, Span<byte> samples)
    {
        var (bytes, firstBit) = LocateNative(frame);
        var stored = native.Value.Part(bytes.Start, bytes.Length);
        if (layout.IsAsDecoded)
        {
            CopyTo(stored, samples);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        try
        {
            var part = buffer.AsSpan(0, (int)bytes.Length);
            CopyTo(stored, part);
            layout.Unpack(part, firstBit, samples);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CopyTo(ByteSlice stored, Span<byte> target)
    {
        lock (reading)
        {
            stored.CopyTo(target);
        }
    }
}
