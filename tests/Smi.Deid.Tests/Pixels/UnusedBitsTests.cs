using System.Runtime.InteropServices;
using Smi.Deid.Pixels.Examination;

namespace Smi.Deid.Tests.Pixels;

public sealed class UnusedBitsTests
{
    private const int Samples = 100;

    public static TheoryData<int, int, bool, int, int> Values => new()
    {
        // Bits stored, high bit, signed, value, what is left of it.
        { 12, 11, false, 0x0FFF, 0x0FFF },
        { 12, 11, false, 0x1FFF, 0x0FFF },
        { 12, 11, true, 0x07FF, 0x07FF },
        { 12, 11, true, 0x0FFF, 0x0FFF },
        { 12, 11, true, 0xFFFF, 0xFFFF },
        { 12, 11, true, 0xF7FF, 0x07FF },
        { 12, 11, true, 0x8801, 0xF801 },
        { 12, 15, false, 0x1230, 0x1230 },
        { 12, 15, false, 0x1231, 0x1230 },
        { 12, 15, true, 0x9231, 0x9230 },
        { 8, 11, true, 0xF800, 0xF800 },
        { 8, 11, true, 0x07F1, 0x07F0 },
    };

    /// <summary>At the beginning, where many samples are looked at together, and at the end, where single ones are.</summary>
    [Theory]
    [MemberData(nameof(Values))]
    public void Clears_what_is_neither_stored_nor_the_sign(int stored, int highBit, bool isSigned, int value, int left)
    {
        Assert.All([0, 33, Samples - 1], place =>
        {
            var samples = new ushort[Samples];
            samples[place] = (ushort)value;
            var frame = MemoryMarshal.AsBytes<ushort>(samples).ToArray();
            var format = PixelWork.Gray(Samples, 1, allocated: 16, stored: stored, isSigned: isSigned) with { HighBit = highBit };

            Assert.Equal(value != left, UnusedBits.AreUsed(frame, format));
            Assert.Equal(value != left, UnusedBits.Clear(frame, format));
            Assert.Equal(left, MemoryMarshal.Cast<byte, ushort>(frame)[place]);
        });
    }
}
