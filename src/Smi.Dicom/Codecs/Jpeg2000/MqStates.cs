namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The probability states of the arithmetic coder (ITU T.800 table C.2). A state here is one word: the probability of the less
/// probable symbol in bits 47 to 62; in the lowest seven the number of the state with the more probable symbol as lowest bit.
/// </summary>
internal static class MqStates
{
    public const int ZeroNeighbours = 4;
    public const int RunLength = 3;
    public const int Uniform = 46;
    public const int ProbabilityShift = 47;
    public const ulong Probability = 0xFFFFul << ProbabilityShift;
    public const uint Number = 0x7F;
    public const int Count = 94;

    private static readonly (ushort Probability, byte AfterMore, byte AfterLess, bool Switches)[] s_table =
    [
        (0x5601, 1, 1, true), (0x3401, 2, 6, false), (0x1801, 3, 9, false), (0x0AC1, 4, 12, false),
        (0x0521, 5, 29, false), (0x0221, 38, 33, false), (0x5601, 7, 6, true), (0x5401, 8, 14, false),
        (0x4801, 9, 14, false), (0x3801, 10, 14, false), (0x3001, 11, 17, false), (0x2401, 12, 18, false),
        (0x1C01, 13, 20, false), (0x1601, 29, 21, false), (0x5601, 15, 14, true), (0x5401, 16, 14, false),
        (0x5101, 17, 15, false), (0x4801, 18, 16, false), (0x3801, 19, 17, false), (0x3401, 20, 18, false),
        (0x3001, 21, 19, false), (0x2801, 22, 19, false), (0x2401, 23, 20, false), (0x2201, 24, 21, false),
        (0x1C01, 25, 22, false), (0x1801, 26, 23, false), (0x1601, 27, 24, false), (0x1401, 28, 25, false),
        (0x1201, 29, 26, false), (0x1101, 30, 27, false), (0x0AC1, 31, 28, false), (0x09C1, 32, 29, false),
        (0x08A1, 33, 30, false), (0x0521, 34, 31, false), (0x0441, 35, 32, false), (0x02A1, 36, 33, false),
        (0x0221, 37, 34, false), (0x0141, 38, 35, false), (0x0111, 39, 36, false), (0x0085, 40, 37, false),
        (0x0049, 41, 38, false), (0x0025, 42, 39, false), (0x0015, 43, 40, false), (0x0009, 44, 41, false),
        (0x0005, 45, 42, false), (0x0001, 45, 43, false), (0x5601, 46, 46, false),
    ];

    /// <summary>By number: the state after the more, and after the less probable symbol.</summary>
    public static ReadOnlySpan<ulong> AfterMore => s_afterMore;

    public static ReadOnlySpan<ulong> AfterLess => s_afterLess;

    private static readonly ulong[] s_afterMore = Transitions(more: true);

    private static readonly ulong[] s_afterLess = Transitions(more: false);

    public static ulong State(int number, int symbol = 0) =>
        ((ulong)s_table[number].Probability << ProbabilityShift) | ((uint)number << 1) | (uint)symbol;

    private static ulong[] Transitions(bool more)
    {
        var states = new ulong[Count];
        for (var number = 0; number < s_table.Length; number++)
        {
            for (var symbol = 0; symbol < 2; symbol++)
            {
                var row = s_table[number];
                states[(2 * number) + symbol] = more ? State(row.AfterMore, symbol) : State(row.AfterLess, row.Switches ? 1 - symbol : symbol);
            }
        }

        return states;
    }
}
