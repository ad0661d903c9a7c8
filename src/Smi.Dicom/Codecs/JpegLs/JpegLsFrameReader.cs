using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>Goes through the segments of one stream and decodes its scans into the frame.</summary>
internal ref struct JpegLsFrameReader
{
    private readonly ReadOnlySpan<byte> _stream;
    private readonly FrameFormat _format;
    private readonly Span<byte> _frame;
    private int _position;
    private JpegLsFrameHeader? _header;
    private JpegLsPreset _preset;
    private int _restartInterval;

    public JpegLsFrameReader(ReadOnlySpan<byte> stream, in FrameFormat format, Span<byte> frame)
    {
        _stream = stream;
        _format = format;
        _frame = frame;
    }

    public void Read()
    {
        if (JpegLsSegments.ReadMarker(_stream, ref _position) != JpegLsSegments.StartOfImage)
        {
            throw new DicomFormatException("JPEG-LS: the stream does not begin with SOI");
        }

        var missing = _format.SamplesPerPixel;
        var decoded = new bool[missing];
        while (missing > 0)
        {
            var marker = JpegLsSegments.ReadMarker(_stream, ref _position);
            if (marker != JpegLsSegments.StartOfScan)
            {
                ReadSegment(marker);
                continue;
            }

            var scan = ReadScan();
            foreach (var component in scan.Components)
            {
                missing -= decoded[component] ? throw new DicomFormatException("JPEG-LS: a component is coded twice") : 1;
                decoded[component] = true;
            }
        }
    }

    private void ReadSegment(byte marker)
    {
        if (marker is JpegLsSegments.EndOfImage or JpegLsSegments.StartOfImage)
        {
            throw new DicomFormatException("JPEG-LS: the image is not complete", _position);
        }

        var segment = JpegLsSegments.ReadSegment(_stream, ref _position);
        switch (marker)
        {
            case JpegLsSegments.StartOfFrame when _header is null:
                _header = JpegLsFrameHeader.Read(segment);
                _header.Require(_format);
                break;
            case JpegLsSegments.PresetParameters:
                _preset = ReadPreset(segment);
                break;
            case JpegLsSegments.RestartInterval when segment.Length is 2 or 3 or 4:
                _restartInterval = ReadRestartInterval(segment);
                break;
            case JpegLsSegments.Comment:
                break;
            case >= JpegLsSegments.FirstApplication and <= JpegLsSegments.LastApplication:
                RefuseColourTransform(segment);
                break;
            default:
                throw new DicomFormatException("JPEG-LS: a segment that JPEG-LS does not have, or has once", _position);
        }
    }

    private JpegLsScanHeader ReadScan()
    {
        if (_header is null)
        {
            throw new DicomFormatException("JPEG-LS: a scan before the frame header", _position);
        }

        var scan = JpegLsScanHeader.Read(JpegLsSegments.ReadSegment(_stream, ref _position), _header);
        var model = new JpegLsModel(JpegLsParameters.Create(_header.Precision, scan.Near, _preset));
        var lines = new JpegLsLines(scan.Components, _header, _format);
        var restart = 0;
        for (var row = 0; row < _header.Rows;)
        {
            var rows = _restartInterval == 0 ? _header.Rows : Math.Min(_restartInterval, _header.Rows - row);
            var decoder = new JpegLsScanDecoder(model, _header.Columns, _stream[_position..]);
            lines.Decode(ref decoder, scan.Interleave, row, rows, _frame);
            _position += decoder.FindMarker();
            row += rows;
            if (row < _header.Rows)
            {
                ReadRestart(restart++);
                model.Restart();
            }
        }

        return scan;
    }

    private void ReadRestart(int number)
    {
        if (JpegLsSegments.ReadMarker(_stream, ref _position) != JpegLsSegments.FirstRestart + (number & 7))
        {
            throw new DicomFormatException("JPEG-LS: a restart marker is missing", _position);
        }
    }

    /// <summary>Type 1 only: mapping tables (2, 3) change samples, and sizes beyond 65535 (4) do not occur in DICOM.</summary>
    private static JpegLsPreset ReadPreset(ReadOnlySpan<byte> segment)
    {
        if (segment.Length != 11 || segment[0] != 1)
        {
            throw new DicomFormatException("JPEG-LS: a preset segment that is not supported");
        }

        return new JpegLsPreset(Value(segment, 1), Value(segment, 3), Value(segment, 5), Value(segment, 7), Value(segment, 9));

        static int Value(ReadOnlySpan<byte> segment, int at) => BinaryPrimitives.ReadUInt16BigEndian(segment[at..]);
    }

    private static int ReadRestartInterval(ReadOnlySpan<byte> segment)
    {
        long interval = 0;
        foreach (var value in segment)
        {
            interval = (interval << 8) | value;
        }

        return (int)Math.Min(interval, int.MaxValue);
    }

    /// <summary>A widespread encoder names its colour transforms in APP8 "mrfx"; without undoing them colours would be wrong.</summary>
    private static void RefuseColourTransform(ReadOnlySpan<byte> segment)
    {
        if (segment.Length == 5 && segment[..4].SequenceEqual("mrfx"u8) && segment[4] != 0)
        {
            throw new DicomFormatException("JPEG-LS: a colour transform that the standard does not have");
        }
    }
}
