using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// Contexts of the coding passes (ITU T.800 D.3) as tables. A neighbourhood is nine bits: three rows of three samples, the sample
/// itself in bit 4.
/// </summary>
internal static class BlockContexts
{
    public const int FirstSign = 9;
    public const int FirstRefinement = 14;
    public const int RunLength = 17;
    public const int Uniform = 18;
    public const int Count = 19;

    /// <summary>In a sign entry: the sign bit is coded inverted.</summary>
    public const int SignInverts = 0x80;

    public const int Neighbourhoods = 512;
    public const int SignNeighbourhoods = 256;

    /// <summary>Table D.1 for LL and LH, then HL, then HH.</summary>
    private static readonly byte[] s_zeroCoding = ZeroCodingTable();

    /// <summary>
    /// Tables D.2 and D.3. Bits 1, 3, 5 and 7 of the index: significance above, left, right, below; the bit under each: its sign.
    /// </summary>
    private static readonly byte[] s_signCoding = SignCodingTable();

    public static ReadOnlySpan<byte> ZeroCoding(Subband subband)
    {
        var table = subband.Horizontal == 0 ? 0 : 1 + subband.Vertical;
        return s_zeroCoding.AsSpan(table * Neighbourhoods, Neighbourhoods);
    }

    public static ReadOnlySpan<byte> SignCoding => s_signCoding;

    /// <summary>Table D.7 and the beginning of each pass sequence.</summary>
    public static void Reset(Span<ulong> states)
    {
        states[..Count].Fill(MqStates.State(0));
        states[0] = MqStates.State(MqStates.ZeroNeighbours);
        states[RunLength] = MqStates.State(MqStates.RunLength);
        states[Uniform] = MqStates.State(MqStates.Uniform);
    }

    private static byte[] ZeroCodingTable()
    {
        var table = new byte[3 * Neighbourhoods];
        for (var index = 0; index < Neighbourhoods; index++)
        {
            var horizontal = BitOperations.PopCount((uint)index & 0x28);
            var vertical = BitOperations.PopCount((uint)index & 0x82);
            var diagonal = BitOperations.PopCount((uint)index & 0x145);
            table[index] = (byte)AlongEdges(horizontal, vertical, diagonal);
            table[Neighbourhoods + index] = (byte)AlongEdges(vertical, horizontal, diagonal);
            table[(2 * Neighbourhoods) + index] = (byte)Diagonal(horizontal + vertical, diagonal);
        }

        return table;
    }

    private static int AlongEdges(int along, int across, int diagonal) => (along, across, diagonal) switch
    {
        (2, _, _) => 8,
        (1, >= 1, _) => 7,
        (1, 0, >= 1) => 6,
        (1, 0, 0) => 5,
        (0, 2, _) => 4,
        (0, 1, _) => 3,
        (0, 0, >= 2) => 2,
        _ => diagonal,
    };

    private static int Diagonal(int straight, int diagonal) => (straight, diagonal) switch
    {
        (_, >= 3) => 8,
        ( >= 1, 2) => 7,
        (0, 2) => 6,
        ( >= 2, 1) => 5,
        (1, 1) => 4,
        (0, 1) => 3,
        ( >= 2, 0) => 2,
        _ => straight,
    };

    private static byte[] SignCodingTable()
    {
        var table = new byte[SignNeighbourhoods];
        for (var index = 0; index < table.Length; index++)
        {
            var vertical = Math.Clamp(Contribution(index) + Contribution(index >> 6), -1, 1);
            var horizontal = Math.Clamp(Contribution(index >> 2) + Contribution(index >> 4), -1, 1);
            var inverts = horizontal < 0 || (horizontal == 0 && vertical < 0);
            var (h, v) = inverts ? (-horizontal, -vertical) : (horizontal, vertical);
            var context = FirstSign + (h == 0 ? v : 3 + v);
            table[index] = (byte)(context | (inverts ? SignInverts : 0));
        }

        return table;
    }

    private static int Contribution(int bits) => (bits & 2) == 0 ? 0 : (bits & 1) == 0 ? 1 : -1;
}
