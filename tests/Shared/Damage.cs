namespace Smi.Tests;

/// <summary>What any bytes can suffer, whatever they mean.</summary>
internal static class Damage
{
    /// <summary>Another byte, a flipped bit, a piece that is gone or one that is doubled.</summary>
    /// <param name="bytes">What is changed; not empty.</param>
    /// <param name="at">Where.</param>
    /// <param name="longest">Of a piece, in bytes.</param>
    /// <param name="random">Decides which.</param>
    public static void Change(List<byte> bytes, int at, int longest, Random random)
    {
        var length = Math.Min(random.Next(1, longest), bytes.Count - at);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
        }
    }
}
