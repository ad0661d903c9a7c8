using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>
/// Decodes the lines of one restart interval. A line has one sample before and one after the image's, so that
/// sample x of the image is element x + 1.
/// </summary>
internal ref struct JpegLsScanDecoder
{
    private readonly JpegLsModel _model;
    private readonly int _width;
    private readonly int _limit;
    private readonly int _errorBits;
    private readonly int _near;
    private readonly uint _largestError;
    private JpegLsBitReader _bits;

    public JpegLsScanDecoder(JpegLsModel model, int width, ReadOnlySpan<byte> data)
    {
        _model = model;
        _width = width;
        _limit = model.Parameters.Limit;
        _errorBits = model.Parameters.ErrorBits;
        _near = model.Parameters.Near;
        _largestError = 2u * (uint)model.Parameters.Range;
        _bits = new JpegLsBitReader(data);
    }

    public readonly int FindMarker() => _bits.FindMarker();

    /// <summary>One line of one component (interleave modes none and line).</summary>
    public void DecodeLine(Span<int> above, Span<int> line, ref int runIndex)
    {
        SetEdges(above, line);
        var x = 1;
        while (x <= _width)
        {
            var left = line[x - 1];
            var context = _model.ContextOf(left, above[x], above[x - 1], above[x + 1]);
            if (context != 0)
            {
                line[x] = DecodeRegular(context, left, above[x], above[x - 1]);
                x++;
                continue;
            }

            var length = DecodeRunLength(_width - x + 1, ref runIndex);
            line.Slice(x, length).Fill(left);
            x += length;
            if (x <= _width)
            {
                line[x] = DecodeInterruption(left, above[x], ref runIndex);
                x++;
            }
        }
    }

    /// <summary>One line of all components, pixel by pixel; a run needs all components alike (A.7 with ILV 2).</summary>
    public void DecodeLine(int[][] above, int[][] lines, ref int runIndex)
    {
        for (var component = 0; component < lines.Length; component++)
        {
            SetEdges(above[component], lines[component]);
        }

        Span<int> contexts = stackalloc int[lines.Length];
        var x = 1;
        while (x <= _width)
        {
            if (FindContexts(above, lines, x, contexts))
            {
                DecodePixel(above, lines, x, contexts);
                x++;
                continue;
            }

            var length = DecodeRunLength(_width - x + 1, ref runIndex);
            foreach (var line in lines)
            {
                line.AsSpan(x, length).Fill(line[x - 1]);
            }

            x += length;
            if (x <= _width)
            {
                DecodeInterruption(above, lines, x, ref runIndex);
                x++;
            }
        }
    }

    private readonly void SetEdges(Span<int> above, Span<int> line)
    {
        line[0] = above[1];
        above[_width + 1] = above[_width];
    }

    private readonly bool FindContexts(int[][] above, int[][] lines, int x, scoped Span<int> contexts)
    {
        var regular = false;
        for (var component = 0; component < contexts.Length; component++)
        {
            var previous = above[component];
            var context = _model.ContextOf(lines[component][x - 1], previous[x], previous[x - 1], previous[x + 1]);
            contexts[component] = context;
            regular |= context != 0;
        }

        return regular;
    }

    private void DecodePixel(int[][] above, int[][] lines, int x, scoped Span<int> contexts)
    {
        for (var component = 0; component < contexts.Length; component++)
        {
            var previous = above[component];
            var line = lines[component];
            line[x] = DecodeRegular(contexts[component], line[x - 1], previous[x], previous[x - 1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int DecodeRegular(int signedContext, int left, int above, int aboveLeft)
    {
        var sign = signedContext >> 31;
        ref var context = ref _model.Regular((signedContext ^ sign) - sign);
        var prediction = _model.Corrected(JpegLsModel.Predict(left, above, aboveLeft), (context.Correction ^ sign) - sign);
        var k = context.GolombParameter;
        var mapped = ReadGolomb(k, _limit);

        // A.5.2: folded, and turned round where the context expects negative errors.
        var error = (mapped >> 1) ^ -(mapped & 1);
        if (k == 0 && _near == 0 && 2 * context.Bias <= -context.Count)
        {
            error = ~error;
        }

        _model.Learn(ref context, error);
        return _model.Reconstruct(prediction, (error ^ sign) - sign);
    }

    private int DecodeRunLength(int remaining, ref int runIndex)
    {
        var length = 0;
        while (_bits.ReadBit())
        {
            var part = 1 << JpegLsModel.RunLengthBits[runIndex];
            length += part;
            if (length > remaining)
            {
                return remaining;
            }

            runIndex = Math.Min(runIndex + 1, 31);
            if (length == remaining)
            {
                return length;
            }
        }

        length += _bits.ReadBits(JpegLsModel.RunLengthBits[runIndex]);
        return length <= remaining ? length : throw new DicomFormatException("JPEG-LS: a run goes beyond its line");
    }

    private int DecodeInterruption(int left, int above, ref int runIndex)
    {
        var type = Math.Abs(left - above) <= _near ? 1 : 0;
        var error = DecodeInterruptionError(type, runIndex);
        runIndex = Math.Max(runIndex - 1, 0);
        return type == 1 ? _model.Reconstruct(left, error) : _model.Reconstruct(above, left > above ? -error : error);
    }

    private void DecodeInterruption(int[][] above, int[][] lines, int x, ref int runIndex)
    {
        for (var component = 0; component < lines.Length; component++)
        {
            var left = lines[component][x - 1];
            var top = above[component][x];
            var error = DecodeInterruptionError(type: 0, runIndex);
            lines[component][x] = _model.Reconstruct(top, left > top ? -error : error);
        }

        runIndex = Math.Max(runIndex - 1, 0);
    }

    private int DecodeInterruptionError(int type, int runIndex)
    {
        ref var context = ref _model.Run(type);
        var k = context.GolombParameter(type);
        var mapped = ReadGolomb(k, _limit - JpegLsModel.RunLengthBits[runIndex] - 1);
        var folded = mapped + type;
        var magnitude = (folded + 1) / 2;
        var oddIsNegative = k != 0 || 2 * context.Negative >= context.Count;
        var error = ((folded & 1) == 1) == oddIsNegative ? -magnitude : magnitude;
        _model.LearnRun(ref context, error, mapped, type);
        return error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadGolomb(int k, int limit)
    {
        var longest = limit - _errorBits - 1;
        var zeros = _bits.ReadZeros(longest);
        var mapped = zeros < longest ? (zeros << k) | _bits.ReadBits(k) : _bits.ReadBits(_errorBits) + 1;
        if ((uint)mapped > _largestError || zeros > longest)
        {
            throw new DicomFormatException("JPEG-LS: a code word is longer than the limit");
        }

        return mapped;
    }
}
