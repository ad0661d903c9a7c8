using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>
/// What encoder and decoder keep alike: the contexts with their statistics, prediction and its correction (ITU T.87 A.3 to A.7).
/// </summary>
internal sealed class JpegLsModel
{
    private const int RegularContexts = 365;
    private const int SmallestCorrection = -128;
    private const int LargestCorrection = 127;

    private readonly Context[] _contexts = new Context[RegularContexts];
    private readonly RunContext[] _runContexts = new RunContext[2];
    private readonly sbyte[] _gradients;
    private readonly int _maximum;
    private readonly int _near;
    private readonly int _errorStep;
    private readonly int _wrap;
    private readonly int _reset;

    public JpegLsModel(JpegLsParameters parameters)
    {
        Parameters = parameters;
        _maximum = parameters.MaximumSample;
        _near = parameters.Near;
        _errorStep = parameters.ErrorStep;
        _wrap = parameters.Range * parameters.ErrorStep;
        _reset = parameters.Reset;
        _gradients = QuantisedGradients(parameters);
        Restart();
    }

    public JpegLsParameters Parameters { get; }

    /// <summary>Bits of the length of a run's last part, by run index (table A.1 "J").</summary>
    public static ReadOnlySpan<byte> RunLengthBits =>
        [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>The state at the start of a scan and after each restart marker.</summary>
    public void Restart()
    {
        var sum = Math.Max(2, (Parameters.Range + 32) / 64);
        Array.Fill(_contexts, new Context { ErrorSum = sum, Count = 1 });
        Array.Fill(_runContexts, new RunContext { ErrorSum = sum, Count = 1 });
    }

    /// <summary>The signed number of the context of the three local gradients; 0 opens a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ContextOf(int left, int above, int aboveLeft, int aboveRight)
    {
        var gradients = _gradients;
        var zero = _maximum;
        return (gradients[zero + aboveRight - above] * 81) + (gradients[zero + above - aboveLeft] * 9) + gradients[zero + aboveLeft - left];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Context Regular(int index) => ref _contexts[index];

    public ref RunContext Run(int index) => ref _runContexts[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Predict(int left, int above, int aboveLeft)
    {
        var smaller = Math.Min(left, above);
        var larger = Math.Max(left, above);
        return aboveLeft >= larger ? smaller : aboveLeft <= smaller ? larger : left + above - aboveLeft;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Corrected(int prediction, int correction) => Math.Clamp(prediction + correction, 0, _maximum);

    /// <summary>The sample that a quantised prediction error stands for (A.4.4 and A.4.5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Reconstruct(int prediction, int error)
    {
        var sample = prediction + (error * _errorStep);
        if (sample < -_near)
        {
            sample += _wrap;
        }
        else if (sample > _maximum + _near)
        {
            sample -= _wrap;
        }

        return Math.Clamp(sample, 0, _maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Learn(ref Context context, int error)
    {
        var bias = context.Bias + (error * _errorStep);
        var sum = context.ErrorSum + Math.Abs(error);
        var count = context.Count;
        if (count == _reset)
        {
            sum >>= 1;
            bias >>= 1;
            count >>= 1;
        }

        count++;
        context.ErrorSum = sum;
        context.Count = count;
        if (bias + count <= 0)
        {
            bias = Math.Max(bias + count, 1 - count);
            context.Correction = Math.Max(context.Correction - 1, SmallestCorrection);
        }
        else if (bias > 0)
        {
            bias = Math.Min(bias - count, 0);
            context.Correction = Math.Min(context.Correction + 1, LargestCorrection);
        }

        context.Bias = bias;
    }

    /// <summary>A.7.2: <paramref name="mapped"/> is the number that stood in the stream for <paramref name="error"/>.</summary>
    public void LearnRun(ref RunContext context, int error, int mapped, int type)
    {
        if (error < 0)
        {
            context.Negative++;
        }

        context.ErrorSum += (mapped + 1 - type) >> 1;
        if (context.Count == _reset)
        {
            context.ErrorSum >>= 1;
            context.Count >>= 1;
            context.Negative >>= 1;
        }

        context.Count++;
    }

    private static sbyte[] QuantisedGradients(JpegLsParameters parameters)
    {
        var maximum = parameters.MaximumSample;
        var quantised = new sbyte[(2 * maximum) + 1];
        for (var gradient = 1; gradient <= maximum; gradient++)
        {
            var level = gradient <= parameters.Near ? 0
                : gradient < parameters.Threshold1 ? 1
                : gradient < parameters.Threshold2 ? 2
                : gradient < parameters.Threshold3 ? 3
                : 4;
            quantised[maximum + gradient] = (sbyte)level;
            quantised[maximum - gradient] = (sbyte)-level;
        }

        return quantised;
    }

    /// <summary>A, B, C and N of the standard.</summary>
    public struct Context
    {
        public int ErrorSum;
        public int Bias;
        public int Correction;
        public int Count;

        /// <summary>The Golomb parameter k (A.5.1).</summary>
        public readonly int GolombParameter => JpegLsModel.GolombParameter(ErrorSum, Count);
    }

    /// <summary>A, N and Nn of the two contexts for the sample that ends a run.</summary>
    public struct RunContext
    {
        public int ErrorSum;
        public int Count;
        public int Negative;

        public readonly int GolombParameter(int type) => JpegLsModel.GolombParameter(ErrorSum + (type == 1 ? Count >> 1 : 0), Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int GolombParameter(int sum, int count)
    {
        var k = 0;
        while (((long)count << k) < sum)
        {
            k++;
        }

        return k;
    }
}
