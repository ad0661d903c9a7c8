using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>A frame header (T.81 B.2.2), checked.</summary>
internal sealed class JpegFrameHeader
{
    private JpegFrameHeader(JpegProcess process, int precision, int rows, int columns, JpegComponent[] components)
    {
        Process = process;
        Precision = precision;
        Rows = rows;
        Columns = columns;
        MaxHorizontalSampling = components.Max(c => c.HorizontalSampling);
        MaxVerticalSampling = components.Max(c => c.VerticalSampling);
        McuColumns = Ceiling(columns, 8 * MaxHorizontalSampling);
        McuRows = Ceiling(rows, 8 * MaxVerticalSampling);
        Components = [.. components.Select(Measure)];
    }

    public JpegProcess Process { get; }

    public int Precision { get; }

    public int Rows { get; }

    public int Columns { get; }

    public IReadOnlyList<JpegComponent> Components { get; }

    public int MaxHorizontalSampling { get; }

    public int MaxVerticalSampling { get; }

    /// <summary>MCUs of an interleaved scan of DCT blocks.</summary>
    public int McuColumns { get; }

    public int McuRows { get; }

    /// <summary>Bits of a sample of a JPEG or JPEG-LS codestream.</summary>
    public static int FindPrecision(ReadOnlySpan<byte> codestream)
    {
        var segments = new JpegSegmentReader(codestream);
        while (segments.MoveNext())
        {
            if (JpegMarker.IsFrame(segments.Current.Marker) && segments.Current.Payload(codestream) is [var precision, ..])
            {
                return precision;
            }
        }

        throw new DicomFormatException("the JPEG stream holds no frame");
    }

    public static JpegFrameHeader Parse(byte marker, ReadOnlySpan<byte> payload)
    {
        JpegProcess process = ProcessOf(marker);
        if (payload.Length < 6 || payload.Length != 6 + 3 * payload[5])
        {
            throw new DicomFormatException("the JPEG frame header has a wrong length");
        }

        int precision = payload[0];
        int rows = BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        int columns = BinaryPrimitives.ReadUInt16BigEndian(payload[3..]);
        if (rows == 0 || columns == 0)
        {
            throw new DicomFormatException("the JPEG frame header declares no lines or no samples per line");
        }

        if (!IsPrecisionAllowed(marker, precision))
        {
            throw new DicomFormatException("the JPEG sample precision is not one of the coding process");
        }

        return new JpegFrameHeader(process, precision, rows, columns, ParseComponents(payload[6..]));
    }

    /// <summary>Refuses a stream whose shape is not the one the data set declares, before anything is allocated for it.</summary>
    public void Require(in FrameFormat format)
    {
        if (Rows != format.Rows || Columns != format.Columns)
        {
            throw new DicomFormatException("the JPEG frame and the data set differ in rows or columns");
        }

        if (Components.Count != format.SamplesPerPixel)
        {
            throw new DicomFormatException("the JPEG frame and the data set differ in samples per pixel");
        }

        if (format.BitsAllocated is not (8 or 16) || Precision > format.BitsAllocated)
        {
            throw new DicomFormatException("the JPEG sample precision does not fit the bits allocated");
        }
    }

    /// <summary>
    /// A block takes at least one bit, a lossless sample too: a small stream that declares a huge frame is refused before memory is taken.
    /// </summary>
    public void RequirePlausible(int length)
    {
        long least = Process == JpegProcess.Lossless ? (long)Rows * Columns : (long)McuRows * McuColumns;
        if (least > 8L * length)
        {
            throw new DicomFormatException("the JPEG frame declares more samples than its data can hold");
        }
    }

    public int IndexOfComponent(byte identifier)
    {
        for (int i = 0; i < Components.Count; i++)
        {
            if (Components[i].Identifier == identifier)
            {
                return i;
            }
        }

        throw new DicomFormatException("a JPEG scan names a component that the frame has not");
    }

    private static JpegProcess ProcessOf(byte marker) => marker switch
    {
        JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame => JpegProcess.Sequential,
        JpegMarker.ProgressiveFrame => JpegProcess.Progressive,
        JpegMarker.LosslessFrame => JpegProcess.Lossless,
        _ => throw new DicomFormatException("hierarchical and arithmetic-coded JPEG is not supported"),
    };

    private static bool IsPrecisionAllowed(byte marker, int precision) => marker switch
    {
        JpegMarker.BaselineFrame => precision == 8,
        JpegMarker.LosslessFrame => precision is >= 2 and <= 16,
        _ => precision is 8 or 12,
    };

    private static JpegComponent[] ParseComponents(ReadOnlySpan<byte> payload)
    {
        var components = new JpegComponent[payload.Length / 3];
        if (components.Length is 0 or > 4)
        {
            throw new DicomFormatException("a JPEG frame has one to four components");
        }

        for (int i = 0; i < components.Length; i++)
        {
            components[i] = ParseComponent(payload.Slice(3 * i, 3), components.Length == 1);
        }

        if (components.DistinctBy(c => c.Identifier).Count() != components.Length)
        {
            throw new DicomFormatException("two JPEG components have one identifier");
        }

        return components;
    }

    private static JpegComponent ParseComponent(ReadOnlySpan<byte> bytes, bool isOnlyOne)
    {
        int horizontal = bytes[1] >> 4;
        int vertical = bytes[1] & 15;
        if (horizontal is 0 or > 4 || vertical is 0 or > 4 || bytes[2] > 3)
        {
            throw new DicomFormatException("a JPEG component has wrong sampling factors or table numbers");
        }

        return new JpegComponent
        {
            Identifier = bytes[0],
            // T.81 A.2.2: the order of a single component does not depend on its sampling factors, whatever they say.
            HorizontalSampling = isOnlyOne ? 1 : horizontal,
            VerticalSampling = isOnlyOne ? 1 : vertical,
            QuantisationTable = bytes[2],
        };
    }

    private JpegComponent Measure(JpegComponent component) => component with
    {
        Width = Ceiling(Columns * component.HorizontalSampling, MaxHorizontalSampling),
        Height = Ceiling(Rows * component.VerticalSampling, MaxVerticalSampling),
        PaddedBlockColumns = McuColumns * component.HorizontalSampling,
        PaddedBlockRows = McuRows * component.VerticalSampling,
    };

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
