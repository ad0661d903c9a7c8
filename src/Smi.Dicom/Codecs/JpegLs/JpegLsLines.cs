using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>The line being decoded and the one above it, for each component of a scan, and their way into the frame.</summary>
internal sealed class JpegLsLines
{
    private readonly int[] _components;
    private readonly FrameFormat _format;
    private readonly int _signShift;
    private readonly int[] _runIndexes;
    private int[][] _above;
    private int[][] _lines;

    public JpegLsLines(int[] components, JpegLsFrameHeader header, in FrameFormat format)
    {
        _components = components;
        _format = format;
        _signShift = format.IsSigned ? 32 - header.Precision : 0;
        _runIndexes = new int[components.Length];
        _above = Lines(components.Length, header.Columns);
        _lines = Lines(components.Length, header.Columns);
    }

    /// <summary>Decodes one restart interval, before which nothing is known.</summary>
    public void Decode(ref JpegLsScanDecoder decoder, JpegLsInterleave interleave, int firstRow, int rows, Span<byte> frame)
    {
        Array.Clear(_runIndexes);
        foreach (var line in _above.Concat(_lines))
        {
            Array.Clear(line);
        }

        for (var row = firstRow; row < firstRow + rows; row++)
        {
            if (interleave == JpegLsInterleave.Sample)
            {
                decoder.DecodeLine(_above, _lines, ref _runIndexes[0]);
            }
            else
            {
                for (var component = 0; component < _lines.Length; component++)
                {
                    decoder.DecodeLine(_above[component], _lines[component], ref _runIndexes[component]);
                }
            }

            Store(row, frame);
            (_above, _lines) = (_lines, _above);
        }
    }

    private void Store(int row, Span<byte> frame)
    {
        var pixel = _format.SamplesPerPixel * _format.BytesPerSample;
        var target = frame.Slice(row * _format.Columns * pixel, _format.Columns * pixel);
        for (var index = 0; index < _lines.Length; index++)
        {
            var line = _lines[index].AsSpan(1, _format.Columns);
            Store(line, target[(_components[index] * _format.BytesPerSample)..], pixel);
        }
    }

    private void Store(ReadOnlySpan<int> line, Span<byte> target, int step)
    {
        var at = 0;
        foreach (var coded in line)
        {
            var sample = (coded << _signShift) >> _signShift;
            switch (_format.BytesPerSample)
            {
                case 1:
                    target[at] = (byte)sample;
                    break;
                case 2:
                    BinaryPrimitives.WriteInt16LittleEndian(target[at..], (short)sample);
                    break;
                default:
                    BinaryPrimitives.WriteInt32LittleEndian(target[at..], sample);
                    break;
            }

            at += step;
        }
    }

    private static int[][] Lines(int count, int columns)
    {
        var lines = new int[count][];
        for (var index = 0; index < count; index++)
        {
            lines[index] = new int[columns + 2];
        }

        return lines;
    }
}
