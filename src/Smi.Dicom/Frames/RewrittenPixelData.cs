using System.Buffers.Binary;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames;

/// <summary>Pixel Data made anew, with the offset tables and attributes that go with it.</summary>
public sealed class RewrittenPixelData
{
    /// <summary>Smallest and largest values of the image, the series and the plane (PS3.3 C.7.6.3).</summary>
    private static readonly DicomTag[] s_extremes = [new(0x00280106), new(0x00280107), new(0x00280108), new(0x00280109), new(0x00280110), new(0x00280111)];

    private readonly FrameReader source;
    private readonly IReadOnlyList<IReadOnlyList<ByteSlice>> frames;

    private RewrittenPixelData(
        FrameReader source, DicomElement element, TransferSyntax syntax, IReadOnlyList<IReadOnlyList<ByteSlice>> frames)
    {
        this.source = source;
        this.frames = frames;
        Element = element;
        Syntax = syntax;
    }

    public DicomElement Element { get; }

    /// <summary>What the file must be written in.</summary>
    public TransferSyntax Syntax { get; }

    internal static RewrittenPixelData Native(FrameReader source, ByteSlice value)
    {
        var element = source.Element is ValueElement native
            ? new ValueElement(native.Tag, native.VR, value, native.IsBigEndian)
            // PS3.5 A.2: OW above 8 bits.
            : new ValueElement(DicomTags.PixelData, source.Format.BitsAllocated > 8 ? VR.OW : VR.OB, value);
        return new RewrittenPixelData(source, element, source.IsEncapsulated ? TransferSyntax.ExplicitLittleEndian : source.Syntax, []);
    }

    internal static RewrittenPixelData Encapsulated(FrameReader source, IReadOnlyList<IReadOnlyList<ByteSlice>> frames)
    {
        var hadOffsets = source.Element is EncapsulatedElement { Fragments: [{ Length: > 0 }, ..] };
        var table = hadOffsets ? BasicOffsetTable(frames) : [];
        var element = new EncapsulatedElement(source.Element.Tag, [new ByteSlice(table), .. frames.SelectMany(parts => parts)]);
        return new RewrittenPixelData(source, element, source.Syntax, frames);
    }

    /// <summary>Puts Pixel Data in place, corrects the attributes that describe it and takes away those that would now be untrue.</summary>
    /// <param name="dataSet">That is written.</param>
    /// <param name="areValuesOthers">Of some pixels; false where frames were only written in another way.</param>
    public void ApplyTo(DicomDataSet dataSet, bool areValuesOthers)
    {
        dataSet.Set(Element);
        ApplyExtendedOffsets(dataSet);
        foreach (var extreme in areValuesOthers ? s_extremes : [])
        {
            dataSet.Remove(extreme);
        }

        if (source.IsEncapsulated && Element is ValueElement)
        {
            DescribeConversion(dataSet);
        }
    }

    private void DescribeConversion(DicomDataSet dataSet)
    {
        dataSet.SetString(DicomTags.PhotometricInterpretation, VR.CS, source.Format.PhotometricInterpretation);
        if (source.Format.SamplesPerPixel > 1)
        {
            dataSet.SetUInt16(DicomTags.PlanarConfiguration, 0);
        }

        // PS3.3 C.7.6.1.1.5: once lossy, always lossy.
        if (TransferSyntaxCodecs.IsLossy(source.Syntax))
        {
            dataSet.SetString(DicomTags.LossyImageCompression, VR.CS, "01");
        }
    }

    private static byte[] BasicOffsetTable(IReadOnlyList<IReadOnlyList<ByteSlice>> frames)
    {
        var table = new byte[4 * frames.Count];
        var offsets = Offsets(frames);
        // PS3.5 A.4: 32 bits; where they do not suffice the table stays empty.
        if (offsets[^1] > uint.MaxValue)
        {
            return [];
        }

        for (var i = 0; i < offsets.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4 * i), (uint)offsets[i]);
        }

        return table;
    }

    private static long[] Offsets(IReadOnlyList<IReadOnlyList<ByteSlice>> frames)
    {
        var offsets = new long[frames.Count];
        for (var i = 1; i < offsets.Length; i++)
        {
            offsets[i] = offsets[i - 1] + frames[i - 1].Sum(part => 8 + part.Length);
        }

        return offsets;
    }

    // PS3.3 C.7.6.3.1.8: each frame is one fragment, or there is no such table.
    private void ApplyExtendedOffsets(DicomDataSet dataSet)
    {
        if (!dataSet.Contains(DicomTags.ExtendedOffsetTable) && !dataSet.Contains(DicomTags.ExtendedOffsetTableLengths))
        {
            return;
        }

        dataSet.Remove(DicomTags.ExtendedOffsetTable);
        dataSet.Remove(DicomTags.ExtendedOffsetTableLengths);
        if (frames.Count > 0 && frames.All(parts => parts.Count == 1))
        {
            dataSet.Set(LongValues(DicomTags.ExtendedOffsetTable, Offsets(frames)));
            dataSet.Set(LongValues(DicomTags.ExtendedOffsetTableLengths, [.. frames.Select(parts => UnpaddedLength(parts[0]))]));
        }
    }

    private static ValueElement LongValues(DicomTag tag, long[] values)
    {
        var bytes = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), values[i]);
        }

        return new ValueElement(tag, VR.OV, bytes);
    }

    private static long UnpaddedLength(ByteSlice fragment)
    {
        var tail = fragment.Length < 3 ? default : fragment.Part(fragment.Length - 3, 3).Peek(3);
        return tail.SequenceEqual<byte>([0xFF, 0xD9, 0]) ? fragment.Length - 1 : fragment.Length;
    }
}
