using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

/// <summary>Coding parameters and boxes by chance.</summary>
internal static class RandomCoding
{
    public static PixelBox[] Boxes(Random random, FrameFormat format) =>
    [
        .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (X: random.Next(format.Columns), Y: random.Next(format.Rows)))
            .Select(corner => new PixelBox(corner.X - 2, corner.Y - 1, corner.X + random.Next(1, 40), corner.Y + random.Next(1, 40))),
    ];

    /// <summary>Of opj_compress.</summary>
    public static string Options(Random random)
    {
        string[] orders = ["LRCP", "RLCP", "RPCL", "PCRL", "CPRL"];
        var width = random.Next(2, 8);
        string[] options =
        [
            $"-p {orders[random.Next(5)]} -n {random.Next(1, 7)} -b {1 << width},{1 << random.Next(2, Math.Min(8, 13 - width))} -M {random.Next(64)}",
            random.Next(2) == 0 ? "-r 12,4,1" : "",
            // opj_compress 2.5.0 loses count of precincts on a grid with an offset.
            random.Next(2) == 0 ? $"-c [{1 << random.Next(4, 9)},{1 << random.Next(4, 9)}],[{1 << random.Next(4, 8)},{1 << random.Next(4, 8)}]"
                : random.Next(2) == 0 ? $"-d {random.Next(30)},{random.Next(30)}" : "",
            random.Next(2) == 0 ? $"-t {random.Next(40, 200)},{random.Next(40, 200)}" : "",
            random.Next(3) == 0 ? "-SOP -EPH" : "",
            random.Next(3) == 0 ? $"-TP {"RLC"[random.Next(3)]}" : "",
        ];
        return string.Join(' ', options);
    }
}
