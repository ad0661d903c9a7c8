using System.Numerics;
using Smi.Dicom.Codecs.Jpeg2000;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

public sealed class StuffedBitsTests
{
    [Theory]
    [InlineData("1234", "1234")]
    [InlineData("FF7F12", "FFFE25")]
    [InlineData("12FF80", "130001")]
    [InlineData("12FF7FFF8012", "13000000004B")]
    [InlineData("12FF9034", "12FF")]
    [InlineData("12FFFF", "12FF")]
    [InlineData("", "")]
    public void Makes_plain_bits_of_a_segment_with_ones_behind(string stuffed, string plain)
    {
        byte[] bytes = [0, .. Convert.FromHexString(stuffed)];

        var end = StuffedBits.Remove(bytes);

        Assert.Equal(plain, Convert.ToHexString(bytes.AsSpan(1, end - 1)));
    }

    [Fact]
    public void Sums_up_whatever_the_bytes_are_and_stays_within_them()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            // Carries and stuffed bytes as often as can be.
            byte[] bytes = [0, .. Enumerable.Range(0, random.Next(40)).Select(_ => (byte)random.GetItems([0xFF, 0x7F, 0x80, 0x8F, 0, 1], 1)[0])];
            var (sum, width) = Sum(bytes[1..]);

            var end = StuffedBits.Remove(bytes);

            var fill = (8 * (end - 1)) - width;
            Assert.InRange(fill, 0, 7);
            var expected = (sum << fill) | ((1 << fill) - 1);
            Assert.Equal(expected, new BigInteger(bytes.AsSpan(0, end), isUnsigned: true, isBigEndian: true));
        }
    }

    /// <summary>The clause in numbers: each byte after FF is worth twice as much.</summary>
    private static (BigInteger Sum, int Bits) Sum(byte[] segment)
    {
        var (sum, bits, previous) = (BigInteger.Zero, 0, 0);
        foreach (var next in segment)
        {
            if (previous == 0xFF && next > 0x8F)
            {
                break;
            }

            var width = previous == 0xFF ? 7 : 8;
            (sum, bits, previous) = ((sum << width) + next, bits + width, next);
        }

        return (sum, bits);
    }
}
