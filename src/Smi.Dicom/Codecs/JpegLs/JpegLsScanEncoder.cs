namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>Encodes lines without loss; the mirror of <see cref="JpegLsScanDecoder"/>, with its line layout.</summary>
internal sealed class JpegLsScanEncoder(JpegLsModel model, int width, JpegLsBitWriter bits)
{
    private readonly int _limit = model.Parameters.Limit;
    private readonly int _errorBits = model.Parameters.ErrorBits;
    private readonly int _range = model.Parameters.Range;

    public void EncodeLine(int[] above, int[] line, ref int runIndex)
    {
        line[0] = above[1];
        above[width + 1] = above[width];
        var x = 1;
        while (x <= width)
        {
            var left = line[x - 1];
            var context = model.ContextOf(left, above[x], above[x - 1], above[x + 1]);
            if (context != 0)
            {
                EncodeRegular(context, left, above[x], above[x - 1], line[x]);
                x++;
                continue;
            }

            var length = line.AsSpan(x, width - x + 1).IndexOfAnyExcept(left);
            EncodeRunLength(length < 0 ? width - x + 1 : length, endsLine: length < 0, ref runIndex);
            if (length < 0)
            {
                return;
            }

            x += length;
            EncodeInterruption(left, above[x], line[x], ref runIndex);
            x++;
        }
    }

    private void EncodeRegular(int signedContext, int left, int above, int aboveLeft, int sample)
    {
        var sign = signedContext >> 31;
        ref var context = ref model.Regular((signedContext ^ sign) - sign);
        var prediction = model.Corrected(JpegLsModel.Predict(left, above, aboveLeft), (context.Correction ^ sign) - sign);
        var error = Wrapped(((sample - prediction) ^ sign) - sign);
        var k = context.GolombParameter;
        var turned = k == 0 && 2 * context.Bias <= -context.Count ? ~error : error;
        WriteGolomb((turned << 1) ^ (turned >> 31), k, _limit);
        model.Learn(ref context, error);
    }

    private void EncodeRunLength(int length, bool endsLine, ref int runIndex)
    {
        while (length >= 1 << JpegLsModel.RunLengthBits[runIndex])
        {
            length -= 1 << JpegLsModel.RunLengthBits[runIndex];
            bits.Write(1, 1);
            runIndex = Math.Min(runIndex + 1, 31);
        }

        if (!endsLine)
        {
            bits.Write(0, 1);
            bits.Write(length, JpegLsModel.RunLengthBits[runIndex]);
        }
        else if (length > 0)
        {
            bits.Write(1, 1);
        }
    }

    private void EncodeInterruption(int left, int above, int sample, ref int runIndex)
    {
        var type = left == above ? 1 : 0;
        ref var context = ref model.Run(type);
        var error = Wrapped(left > above ? above - sample : sample - above);
        var k = context.GolombParameter(type);
        var oddIsNegative = k != 0 || 2 * context.Negative >= context.Count;
        var odd = error != 0 && (error < 0) == oddIsNegative;
        var mapped = (2 * Math.Abs(error)) - type - (odd ? 1 : 0);
        WriteGolomb(mapped, k, _limit - JpegLsModel.RunLengthBits[runIndex] - 1);
        model.LearnRun(ref context, error, mapped, type);
        runIndex = Math.Max(runIndex - 1, 0);
    }

    /// <summary>The error modulo RANGE that lies nearest to zero (A.4.5).</summary>
    private int Wrapped(int error)
    {
        if (error < 0)
        {
            error += _range;
        }

        return error >= (_range + 1) / 2 ? error - _range : error;
    }

    private void WriteGolomb(int mapped, int k, int limit)
    {
        var longest = limit - _errorBits - 1;
        var zeros = mapped >> k;
        if (zeros < longest)
        {
            bits.WriteZeros(zeros);
            bits.Write(1, 1);
            bits.Write(mapped, k);
            return;
        }

        bits.WriteZeros(longest);
        bits.Write(1, 1);
        bits.Write(mapped - 1, _errorBits);
    }
}
