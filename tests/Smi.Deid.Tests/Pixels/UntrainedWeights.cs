namespace Smi.Deid.Tests.Pixels;

/// <summary>Weights of a network of the shipped one's form that was never trained, with other numbers of channels.</summary>
internal static class UntrainedWeights
{
    public static byte[] Of(int second, int fourth, int eighth, int sixteenth)
    {
        var random = new Random(second + fourth + eighth + sixteenth);
        return Of(second, fourth, eighth, sixteenth, taps => (random.NextDouble() - 0.45) * 3 / Math.Sqrt(taps));
    }

    /// <summary>Of a network whose logits are all 0.</summary>
    public static byte[] Zero(int second, int fourth, int eighth, int sixteenth) => Of(second, fourth, eighth, sixteenth, _ => 0);

    private static byte[] Of(int second, int fourth, int eighth, int sixteenth, Func<int, double> weight)
    {
        (int Kernel, int Inputs, int Outputs)[] layers =
        [
            (4, 2, second), (4, second, fourth), (3, fourth, fourth),
            (3, fourth, eighth), (3, eighth, eighth), (3, eighth, eighth),
            (3, eighth, sixteenth), (3, sixteenth, sixteenth), (3, sixteenth, sixteenth),
            (1, sixteenth, eighth), (3, eighth, eighth),
            (1, eighth, fourth), (3, fourth, fourth), (3, fourth, fourth),
            (1, fourth, 1),
        ];
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("SMITEXT1"u8);
        foreach (var (kernel, inputs, outputs) in layers)
        {
            Array.ForEach([kernel, kernel, inputs, outputs], writer.Write);
            var taps = kernel * kernel * inputs;
            for (var i = 0; i < (taps + 1) * outputs; i++)
            {
                writer.Write((Half)weight(taps));
            }
        }

        return file.ToArray();
    }
}
