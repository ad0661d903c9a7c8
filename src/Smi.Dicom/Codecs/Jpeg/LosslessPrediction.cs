namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The predictors of lossless JPEG (T.81 table H.1). Arithmetic is modulo 2^16 as H.1.2.1 demands.</summary>
internal static class LosslessPrediction
{
    /// <summary>Turns the differences of the first line of an image or restart interval into samples, in place.</summary>
    /// <param name="line">Differences before, samples after.</param>
    /// <param name="start">2^(P − Pt − 1), the prediction of the very first sample.</param>
    public static void RestoreFirstLine(Span<ushort> line, int start)
    {
        int left = start;
        for (int x = 0; x < line.Length; x++)
        {
            line[x] = (ushort)(left = (ushort)(left + line[x]));
        }
    }

    /// <summary>Turns the differences of another line into samples, in place. Its first sample is predicted from above.</summary>
    public static void RestoreLine(Span<ushort> line, ReadOnlySpan<ushort> above, int predictor)
    {
        switch (predictor)
        {
            case 1: RestoreFromLeft(line, above); break;
            case 2: RestoreFromAbove(line, above); break;
            default: RestoreFromNeighbours(line, above, predictor); break;
        }
    }

    private static void RestoreFromLeft(Span<ushort> line, ReadOnlySpan<ushort> above)
    {
        ushort left = above[0];
        for (int x = 0; x < line.Length; x++)
        {
            line[x] = left = (ushort)(left + line[x]);
        }
    }

    private static void RestoreFromAbove(Span<ushort> line, ReadOnlySpan<ushort> above)
    {
        for (int x = 0; x < line.Length; x++)
        {
            line[x] += above[x];
        }
    }

    private static void RestoreFromNeighbours(Span<ushort> line, ReadOnlySpan<ushort> above, int predictor)
    {
        int left = line[0] += above[0];
        int corner = above[0];
        for (int x = 1; x < line.Length; x++)
        {
            int up = above[x];
            line[x] = (ushort)(line[x] + Predict(predictor, left, up, corner));
            left = line[x];
            corner = up;
        }
    }

    private static int Predict(int predictor, int left, int above, int corner) => predictor switch
    {
        3 => corner,
        4 => left + above - corner,
        5 => left + ((above - corner) >> 1),
        6 => above + ((left - corner) >> 1),
        _ => (left + above) >> 1,
    };
}
