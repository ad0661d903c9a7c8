using System.Globalization;
using Smi.Deid.Pixels.Detection;

namespace Smi.Bench;

/// <summary>What it takes to look for text in a decoded frame, on one thread, as a table for docs/benchmarks.md.</summary>
internal static class DetectorSpeeds
{
    private const int Rounds = 31;

    public static int Print()
    {
        Console.WriteLine("| frame, median of 31 | sector of an ultrasound on black | noise up to the edges |");
        Console.WriteLine("| --- | --- | --- |");
        var detector = new TextDetector();
        foreach (var side in new[] { 512, 1024, 2048 })
        {
            Console.WriteLine($"| {side} × {side} | {Measure(detector, side, PixelInputs.Frames(PixelInputs.Format(side), 1).Single())} | {Measure(detector, side, Noise(side))} |");
        }

        return 0;
    }

    private static string Measure(TextDetector detector, int side, byte[] frame)
    {
        var time = ProcessorTime.Median(Rounds, () => detector.Find(GrayImage.FromBytes(side, side, frame)));
        return string.Create(CultureInfo.InvariantCulture, $"{time:F1} ms");
    }

    private static byte[] Noise(int side)
    {
        var frame = new byte[side * side];
        var random = new Random(1);
        for (var i = 0; i < frame.Length; i++)
        {
            frame[i] = (byte)(90 + random.Next(-20, 20));
        }

        return frame;
    }
}
